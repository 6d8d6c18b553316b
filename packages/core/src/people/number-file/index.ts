export * from "./dialect.ts";
export * from "./preview-file.ts";
export * from "./read-rows.ts";
