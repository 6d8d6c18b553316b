export {
  NUMBERS_PER_FILE,
  type QueryView,
  createReassignedQuery,
  listReassignedQueries,
  exportQueryFile,
} from "./query.ts";
export * from "./load-answers.ts";
export * from "./load-line-types.ts";
export type { PhoneLookup } from "./look-ups.ts";
