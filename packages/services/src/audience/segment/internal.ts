/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { advanceVersion, assertFreeName } from "./next-version.ts";
export { explainMemberships } from "./explain-person.ts";
export { findJurisdictions } from "./jurisdictions.ts";
export { loadPeopleAtStep } from "./list-people.ts";
export { filterMembers, loadMembers, loadMembersAfter, withoutBarredPeople } from "./members.ts";
export {
  assertMaySeeRule,
  assertCurrentMembers,
  holdSegmentsForRestoring,
  findHiddenSegments,
  holdSegmentForUse,
  loadRuleVersions,
  loadSegment,
  loadSegments,
  loadVisibleSegment,
  maySeeRule,
} from "./segment.ts";
export { screenByLaw } from "./screen-people.ts";
export { loadCountVisibility } from "./visible-counts.ts";
export { loadWaterfall, queueScreening } from "./waterfall.ts";
