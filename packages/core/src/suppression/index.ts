export * from "./suppression.ts";
export * from "./suppresses-at.ts";
