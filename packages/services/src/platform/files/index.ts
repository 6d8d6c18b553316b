export * from "./file-name.ts";
export * from "./open-files.ts";
export { type DeclaredFile, parseContentDigest, readHead, verifyUpload } from "./verify-upload.ts";
