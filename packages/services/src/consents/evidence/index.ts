export { readEvidenceFile } from "./download.ts";
export { uploadEvidenceFile } from "./upload.ts";
