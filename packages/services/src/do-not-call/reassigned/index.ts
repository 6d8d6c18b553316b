export {
  NUMBERS_PER_FILE,
  type QueryView,
  createReassignedQuery,
  listReassignedQueries,
  exportQueryFile,
} from "./query.ts";
export {
  type AnswerFile,
  type ImportedAnswers,
  importReassignedAnswers,
} from "./import-answers.ts";
export { type ImportedLineTypes, type LineTypeFile, importLineTypes } from "./import-line-types.ts";
export type { PhoneLookup } from "./look-ups.ts";
