export * from "./file-name.ts";
export * from "./open-files.ts";
export { type DeclaredFile, readHead, verifyUpload, watchChunks } from "./uploads.ts";
