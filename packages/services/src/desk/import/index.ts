export { type ImportView, listImports, readImport, readRemarkedRows } from "./list-imports.ts";
export * from "./preview-import.ts";
export { type ImportResult, type ImportWork, runImport, startImport } from "./run-import.ts";
export * from "./upload-import.ts";
