export { type MadeReport, makeAccessReport } from "./make-access-report.ts";
export { type PackedCopy, makePortableCopy } from "./portable-copy.ts";
