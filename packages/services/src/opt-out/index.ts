export * from "./export-opt-outs.ts";
export * from "./list-misread-opt-outs.ts";
export * from "./list-opt-outs.ts";
export * from "./mend-opt-out.ts";
export * from "./opt-out.ts";
export * from "./opt-out-feed.ts";
export type { Reach } from "./reach-of.ts";
