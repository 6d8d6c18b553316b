import type { ActivityType, PropertyType } from "../../people/activity/index.ts";
import type { SegmentId, SellerId } from "../../platform/ids.ts";
import type { Fault, Message } from "../../platform/message/index.ts";
import { type PurposeKey, findPurpose } from "../../account/purpose/index.ts";
import { type KnownSegments, dependsOn } from "./rule-references.ts";
import {
  type Comparison,
  type ActivityCondition,
  type Condition,
  type ConditionOfKind,
  type Rule,
  isGroup,
} from "./rule.ts";
import type { ValueTest } from "./value-test.ts";
import type { Span } from "./span.ts";

/** Everything that rules of an organization can refer to. */
export type RuleVocabulary = {
  /** Fields of its contacts, and their types. */
  fields: ReadonlyMap<string, FieldType>;
  types: readonly ActivityType[];
  segments: KnownSegments;
  /** The segment that the rule belongs to. Null for a new one. */
  ownId: SegmentId | null;
  sellers: readonly { id: SellerId }[];
  purposes: readonly { key: PurposeKey }[];
};

/** Fields of every contact. */
export const fixedFields: ReadonlyMap<string, FieldType> = new Map([
  ["@region", "text"],
  ["@country", "text"],
  ["@locale", "text"],
  ["@zone", "text"],
  ["@party", "text"],
  ["@name", "presence"],
  ["@email", "presence"],
]);

/** Finds the first fault of each condition of a rule, with the JSON pointer of the part that is wrong. */
export function findRuleFaults(rule: Rule, vocabulary: RuleVocabulary, path = ""): Fault[] {
  if (isGroup(rule)) {
    return rule.of.flatMap((inner, index) =>
      findRuleFaults(inner, vocabulary, `${path}/of/${index}`),
    );
  }
  const fault = findConditionFault(rule, vocabulary);
  return fault ? [{ path: path + fault.path, message: fault.message }] : [];
}

const faultAt = (path: string, message: Message | null): Fault | null =>
  message === null ? null : { path, message };

function findConditionFault(rule: Condition, vocabulary: RuleVocabulary): Fault | null {
  switch (rule.is) {
    case "attribute":
      return findAttributeFault(rule, vocabulary);
    case "activity":
      return (
        findActivityFault(rule.did, vocabulary.types, "/did") ??
        faultAt("/during", findPastSpanFault(rule.during)) ??
        (rule.measure === "count" ? faultAt("/compare", findCountFault(rule.compare)) : null)
      );
    case "occasion":
      return (
        findActivityFault(rule.did, vocabulary.types, "/did") ??
        faultAt("/when", findPastSpanFault(rule.when))
      );
    case "sequence":
      return (
        findActivityFault(rule.first, vocabulary.types, "/first") ??
        findActivityFault(rule.next, vocabulary.types, "/next") ??
        faultAt("/during", findPastSpanFault(rule.during))
      );
    case "ranking":
      return findActivityFault({ type: rule.type }, vocabulary.types, "");
    case "consent":
      return findConsentFault(rule, vocabulary);
    case "preference":
      return null;
    case "calls":
      return (
        faultAt("/during", findPastSpanFault(rule.during)) ??
        faultAt("/compare", findCountFault(rule.compare))
      );
    case "segment":
      return findSegmentFault(rule, vocabulary);
  }
}

function findAttributeFault(
  { field, test }: ConditionOfKind<"attribute">,
  { fields }: RuleVocabulary,
) {
  const type = fixedFields.get(field) ?? fields.get(field);
  if (type === undefined) {
    const known = [...fields.keys()].slice(0, 20).join(", ") || "none";
    return faultAt("/field", { key: "segment.field-unknown", values: { field, known } });
  }
  return faultAt("/test", findTestFault(field, type, test));
}

function findCountFault({ value }: Comparison): Message | null {
  return Number.isInteger(value) ? null : { key: "segment.count-fraction", values: { value } };
}

function findConsentFault(
  { seller, purpose }: ConditionOfKind<"consent">,
  { sellers, purposes }: RuleVocabulary,
) {
  if (!sellers.some(({ id }) => id === seller)) {
    return faultAt("/seller", { key: "segment.seller-unknown" });
  }
  return faultAt("/purpose", findPurpose(purposes, purpose).fault ?? null);
}

function findSegmentFault(
  { segment }: ConditionOfKind<"segment">,
  { segments, ownId }: RuleVocabulary,
) {
  const other = segments.get(segment);
  if (other === undefined) return faultAt("/segment", { key: "segment.unknown" });
  const isCircle = ownId !== null && (segment === ownId || dependsOn(other.rule, ownId, segments));
  return isCircle
    ? faultAt("/segment", { key: "segment.circle", values: { name: other.name } })
    : null;
}

/** Properties of every activity. */
const commonProperties: readonly (readonly [string, FieldType])[] = [
  ["amount", "number"],
  ["category", "text"],
  ["item.name", "text"],
  ["item.sku", "text"],
  ["item.category", "text"],
];

/** Lists the properties that filters of an activity type can use. */
export const listFilterProperties = ({
  properties,
}: ActivityType): ReadonlyMap<string, FieldType> =>
  new Map([...commonProperties, ...Object.entries(properties)]);

/** Finds a fault in an activity condition, with its path below `path`. */
export function findActivityFault(
  { type: key, where = [] }: ActivityCondition,
  types: readonly ActivityType[],
  path: string,
): Fault | null {
  const type = types.find((known) => known.key === key);
  if (type === undefined) {
    const known = types.map((known) => known.key).join(", ");
    const message = { key: "activity.type-unknown", values: { type: key, known } } as const;
    return { path: `${path}/type`, message };
  }
  const properties = listFilterProperties(type);
  for (const [index, { property, is }] of where.entries()) {
    const propertyType = properties.get(property);
    if (propertyType === undefined) {
      const known = [...properties.keys()].join(", ");
      const values = { name: property, known };
      return {
        path: `${path}/where/${index}/property`,
        message: { key: "activity.property-unknown", values },
      };
    }
    const isRelative = is.test === "day" && is.when.span !== "between";
    const message = isRelative
      ? ({ key: "segment.property-relative" } as const)
      : findTestFault(property, propertyType, is);
    if (message) return { path: `${path}/where/${index}/is`, message };
  }
  return null;
}

/** Type of a field. `presence` can only be tested for being there. */
export type FieldType = PropertyType | "presence";

const fittingTests: Record<FieldType, readonly ValueTest["test"][]> = {
  text: ["one-of", "contains", "present"],
  number: ["number", "present"],
  date: ["day", "present"],
  flag: ["one-of", "present"],
  presence: ["present"],
};

/** Finds why a test does not fit a field. */
export function findTestFault(field: string, type: FieldType, test: ValueTest): Message | null {
  if (!fittingTests[type].includes(test.test)) {
    return { key: "segment.test-unfit", values: { field, type } };
  }
  if (test.test === "day") return findSpanFault(test.when);
  if (test.test !== "number") return null;
  const { from, to } = test;
  if (from === undefined && to === undefined) return { key: "segment.range-empty" };
  const isBackwards = from !== undefined && to !== undefined && from > to;
  return isBackwards ? { key: "segment.range-backwards" } : null;
}

/** Finds a fault in a span. */
function findSpanFault(span: Span): Message | null {
  if (span.span !== "between") return null;
  const { from, to } = span;
  if (from === undefined && to === undefined) return { key: "segment.span-empty" };
  const isBackwards = from !== undefined && to !== undefined && from > to;
  return isBackwards ? { key: "segment.span-backwards" } : null;
}

/** Finds a fault in a span of past days. */
function findPastSpanFault(span: Span | undefined): Message | null {
  if (span === undefined) return null;
  return span.span === "next" ? { key: "segment.span-future" } : findSpanFault(span);
}
