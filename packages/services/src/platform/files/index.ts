export * from "./file-name.ts";
export * from "./open-files.ts";
export {
  type DeclaredFile,
  parseContentDigest,
  readHead,
  verifyUpload,
  watchChunks,
} from "./uploads.ts";
