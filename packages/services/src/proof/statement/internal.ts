/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export {
  type FoundStatement,
  type StatementOnRecord,
  findStatements,
  lastStatement,
  lastStatements,
  openStatements,
} from "./open-statements.ts";
export { loadStatementNames, omitUnknownClaims, recordStatements } from "./record-statements.ts";
export {
  SealedDisclosure,
  createSubjectKeys,
  lockSubjects,
  openDisclosures,
  storeDisclosures,
} from "./subject-vault.ts";
