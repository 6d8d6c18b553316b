export * from "./list-imports.ts";
export * from "./preview-import.ts";
export * from "./read-import.ts";
export * from "./read-remarked-rows.ts";
export * from "./run-import.ts";
export * from "./start-import.ts";
export * from "./upload-import.ts";
export type { ImportView } from "./view-imports.ts";
