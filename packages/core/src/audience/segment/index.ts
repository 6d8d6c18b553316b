export {
  type RuleChanges,
  type RuleNames,
  compareRules,
  describeActivity,
  describeField,
  describeRule,
} from "./describe-rule.ts";
export {
  type FieldType,
  type RuleVocabulary,
  findActivityFault,
  fixedFields,
  listFilterProperties,
  findRuleFaults,
  findTestFault,
} from "./rule-faults.ts";
export {
  type KnownSegment,
  type KnownSegments,
  RuleVersions,
  findChangedSegments,
  canFollowActivities,
  usesBehavior,
  findNamedSegments,
  listAllNodes,
  dependsOn,
  collectSegments,
  collectVersions,
} from "./rule-references.ts";
export {
  type CompiledCondition,
  type CompiledNode,
  type CompiledRule,
  compileRule,
} from "./compile-rule.ts";
export * from "./rule.ts";
export * from "./segment.ts";
export * from "./span.ts";
export * from "./value-test.ts";
export * from "./waterfall.ts";
