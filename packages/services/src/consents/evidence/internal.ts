/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export {
  type ClaimedFile,
  assertFileOfSamePhone,
  attachEvidenceFile,
  claimEvidenceFile,
} from "./attach.ts";
