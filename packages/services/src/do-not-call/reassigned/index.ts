export {
  NUMBERS_PER_FILE,
  type QueryView,
  createReassignedQuery,
  listReassignedQueries,
  exportQueryFile,
} from "./query.ts";
export { type ImportedAnswers, importReassignedAnswers } from "./import-answers.ts";
export { type ImportedLineTypes, importLineTypes } from "./import-line-types.ts";
export type { PhoneLookup } from "./look-ups.ts";
