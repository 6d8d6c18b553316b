/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export {
  INSTALLATION_ID,
  appendStatements,
  findPlainEntries,
  recordStatement,
} from "./append-statement.ts";
export { loadScreeningRecords } from "./commit-screenings.ts";
export { isClaimedBy, readPlainClaims } from "./plain-statement.ts";
export { readLogPolicy } from "./policy.ts";
export { findSignedCheckpoint } from "./read-ledger.ts";
export { findEntry, loadProof } from "./read-proof.ts";
export { LOG_ID } from "./tiles.ts";
