/** What other services may call inside their own transaction. Apps enter by `index.ts`. */
export {
  type ClaimedFile,
  assertFileOfSamePhone,
  attachEvidenceFile,
  claimEvidenceFile,
} from "./attach.ts";
