export * from "./dialect.ts";
export { type FileHead, fileHeadOf } from "./file-head.ts";
export * from "./phone-column.ts";
export * from "./preview-file.ts";
export * from "./read-rows.ts";
export * from "./row-batch.ts";
