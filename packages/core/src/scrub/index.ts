export * from "./dialect.ts";
export * from "./number-index.ts";
export * from "./read-rows.ts";
export * from "./row-batch.ts";
export * from "./scrub.ts";
export * from "./scrub-told.ts";
