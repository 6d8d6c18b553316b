export {
  type RuleChanges,
  type RuleNames,
  compareRules,
  tellDeed,
  tellField,
  tellRule,
} from "./describe-rule.ts";
export {
  type AskedType,
  type RuleWorld,
  deedFault,
  fixedFields,
  propertiesOf,
  ruleFaults,
  testFault,
} from "./rule-faults.ts";
export {
  type KnownSegment,
  type KnownSegments,
  RuleVersions,
  changedSince,
  followsActivities,
  isByBehavior,
  namedIn,
  nodesThrough,
  restsOn,
  segmentsBehind,
  versionsBehind,
} from "./rule-references.ts";
export { type Person, type World, compares, hundredths, membersOf } from "./members-of.ts";
export * from "./rule.ts";
export * from "./segment.ts";
export * from "./span.ts";
export * from "./value-test.ts";
export * from "./waterfall.ts";
