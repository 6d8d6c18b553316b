export * from "./file-name.ts";
export * from "./open-files.ts";
export * from "./read-head.ts";
export * from "./verify-upload.ts";
