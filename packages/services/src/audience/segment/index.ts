export { archiveSegment, restoreSegment } from "./archive.ts";
export { askForWaterfall, readWaterfall, screenSegment } from "./waterfall.ts";
export { claimDueSegments, refreshSegment } from "./refresh.ts";
export {
  type CountedNodes,
  type CountedRule,
  type DrawnPerson,
  type SampledRule,
  type Spread,
  countNodes,
  countRule,
  drawPeople,
  sampleRule,
  spreadRule,
} from "./preview-rule.ts";
export { type ExplainedRule, areAmong, explainPerson, explainRule } from "./explain-person.ts";
export { exportSegment } from "./export.ts";
export {
  type Touched,
  byDatabase,
  followActivities,
  readTouched,
  refreshTouched,
} from "./follow-activities.ts";
export { listPeople } from "./list-people.ts";
export {
  type SegmentVersionListed,
  listSegmentVersions,
  listSegments,
  readSegment,
} from "./list.ts";
export { type PersonShown, peopleShown } from "./members.ts";
export { readRuleWorld } from "./rule-world.ts";
export { saveSegment } from "./save.ts";
