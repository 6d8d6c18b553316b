export { archiveSegment, restoreSegment } from "./archive.ts";
export { requestWaterfall, readWaterfall, screenSegment, screenSegmentJob } from "./waterfall.ts";
export { queueDueRefreshes, refreshSegment, refreshSegmentJob } from "./refresh.ts";
export {
  type NodeCounts,
  type RuleCount,
  type DrawnPerson,
  type RuleSample,
  type Spread,
  countNodes,
  countRule,
  drawPeople,
  sampleRule,
  breakDownRule,
} from "./preview-rule.ts";
export { type ExplainedRule, explainPerson } from "./explain-person.ts";
export { exportSegment } from "./export.ts";
export {
  type TouchedPeople,
  byDatabase,
  followActivities,
  loadTouchedPeople,
  updateMembership,
} from "./follow-activities.ts";
export { listPeople } from "./list-people.ts";
export {
  type SegmentVersionListed,
  listSegmentVersions,
  listSegments,
  readSegment,
} from "./list.ts";
export type { PersonView } from "./members.ts";
export { readRuleVocabulary } from "./rule-vocabulary.ts";
export { saveSegment } from "./save.ts";
