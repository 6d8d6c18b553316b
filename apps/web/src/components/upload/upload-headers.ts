// Headers of an upload: the file's name, its length, and its SHA-256 (RFC 9530).
export const FILE_NAME = "x-file-name";
export const UPLOAD_LENGTH = "upload-length";
export const CONTENT_DIGEST = "content-digest";
