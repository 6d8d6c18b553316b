/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { eraseDisclosures } from "./erase-disclosures.ts";
export { applyErasure } from "./erase-person.ts";
export { queueFileErasure } from "./files/start-file-erasure.ts";
export { isDoNotCallKind, loadRowMatcher } from "./files/match-rows.ts";
