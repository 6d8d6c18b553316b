export * from "./claim-due-segments.ts";
export * from "./count-rule.ts";
export * from "./list-segments.ts";
export * from "./read-rule-world.ts";
export * from "./read-segment.ts";
export * from "./refresh-segment.ts";
export * from "./save-segment.ts";
