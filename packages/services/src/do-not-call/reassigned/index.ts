export {
  NUMBERS_PER_FILE,
  type QueryView,
  askReassigned,
  listQueries,
  writeQuery,
} from "./query.ts";
export * from "./load-answers.ts";
export * from "./load-line-types.ts";
export type { LineSeen } from "./look-ups.ts";
