/*
 * The column back end of segment rules: finds the people who match a compiled rule, in typed arrays that hold
 * one organization. It is pure: services load the arrays and keep them up to date
 * (`packages/services/src/audience/segment/columns`). A person is an index into every array. Each condition
 * takes a mask of candidates and returns the mask of those who match, so later conditions look at fewer.
 */
export {
  CALL_OUTCOME,
  type ColumnContext,
  type Columns,
  type ConsentColumns,
  type ActivityColumns,
  MAX_VALUES,
  type Mask,
  type ConsentTerms,
  type CodedValues,
  findZoneEdges,
  countMask,
  listZones,
} from "./columns.ts";
export { coversRule, findMatches } from "./find-matches.ts";
export { findRankingCutoff } from "./match-activities.ts";
export { mergeActivities, selectPeople } from "./update-columns.ts";
