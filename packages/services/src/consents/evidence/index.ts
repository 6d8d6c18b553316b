export { readEvidenceFile } from "./read-evidence-file.ts";
export { uploadEvidenceFile } from "./upload-evidence-file.ts";
