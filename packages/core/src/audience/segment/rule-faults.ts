import type { ActivityType, PropertyType } from "../../people/activity/index.ts";
import type { SegmentId, SellerId } from "../../platform/ids.ts";
import type { Fault, Message } from "../../platform/message/index.ts";
import { type PurposeKey, findPurpose } from "../../account/purpose/index.ts";
import { type KnownSegments, restsOn } from "./rule-references.ts";
import { type Comparison, type Deed, type Leaf, type LeafOf, type Rule, isGroup } from "./rule.ts";
import type { ValueTest } from "./value-test.ts";
import type { Span } from "./span.ts";

/** What an organization knows, for its rules to ask about. */
export type RuleWorld = {
  /** What its contacts say, and what that is. */
  fields: ReadonlyMap<string, AskedType>;
  types: readonly ActivityType[];
  segments: KnownSegments;
  /** The segment whose rule it is; null of a new one. */
  ownId: SegmentId | null;
  sellers: readonly { id: SellerId }[];
  purposes: readonly { key: PurposeKey }[];
};

/** The fields that every contact has. */
export const fixedFields: ReadonlyMap<string, AskedType> = new Map([
  ["@region", "text"],
  ["@country", "text"],
  ["@locale", "text"],
  ["@zone", "text"],
  ["@party", "text"],
  ["@name", "presence"],
  ["@email", "presence"],
]);

/** All that is wrong with a rule, each at its node: a JSON pointer. */
export function ruleFaults(rule: Rule, world: RuleWorld, path = ""): Fault[] {
  if (isGroup(rule)) {
    return rule.of.flatMap((inner, index) => ruleFaults(inner, world, `${path}/of/${index}`));
  }
  const fault = leafFault(rule, world);
  return fault ? [{ path: path + fault.path, message: fault.message }] : [];
}

const at = (path: string, message: Message | null): Fault | null =>
  message === null ? null : { path, message };

function leafFault(rule: Leaf, world: RuleWorld): Fault | null {
  switch (rule.is) {
    case "attribute":
      return attributeFault(rule, world);
    case "activity":
      return (
        deedFault(rule.did, world.types, "/did") ??
        at("/during", pastFault(rule.during)) ??
        (rule.measure === "count" ? at("/compare", countFault(rule.compare)) : null)
      );
    case "occasion":
      return deedFault(rule.did, world.types, "/did") ?? at("/when", pastFault(rule.when));
    case "sequence":
      return (
        deedFault(rule.first, world.types, "/first") ??
        deedFault(rule.next, world.types, "/next") ??
        at("/during", pastFault(rule.during))
      );
    case "ranking":
      return deedFault({ type: rule.type }, world.types, "");
    case "consent":
      return consentFault(rule, world);
    case "preference":
      return null;
    case "calls":
      return at("/during", pastFault(rule.during)) ?? at("/compare", countFault(rule.compare));
    case "segment":
      return segmentFault(rule, world);
  }
}

function attributeFault({ field, test }: LeafOf<"attribute">, { fields }: RuleWorld) {
  const type = fixedFields.get(field) ?? fields.get(field);
  if (type === undefined) {
    const known = [...fields.keys()].slice(0, 20).join(", ") || "none";
    return at("/field", { key: "segment.field-unknown", values: { field, known } });
  }
  return at("/test", testFault(field, type, test));
}

function countFault({ value }: Comparison): Message | null {
  return Number.isInteger(value) ? null : { key: "segment.count-fraction", values: { value } };
}

function consentFault({ seller, purpose }: LeafOf<"consent">, { sellers, purposes }: RuleWorld) {
  if (!sellers.some(({ id }) => id === seller)) {
    return at("/seller", { key: "segment.seller-unknown" });
  }
  return at("/purpose", findPurpose(purposes, purpose).fault ?? null);
}

function segmentFault({ segment }: LeafOf<"segment">, { segments, ownId }: RuleWorld) {
  const other = segments.get(segment);
  if (other === undefined) return at("/segment", { key: "segment.unknown" });
  const isCircle = ownId !== null && (segment === ownId || restsOn(other.rule, ownId, segments));
  return isCircle ? at("/segment", { key: "segment.circle", values: { name: other.name } }) : null;
}

/** What every activity has. */
const common: readonly (readonly [string, AskedType])[] = [
  ["amount", "number"],
  ["category", "text"],
  ["item.name", "text"],
  ["item.sku", "text"],
  ["item.category", "text"],
];

/** What filters of a type can ask. */
export const propertiesOf = ({ properties }: ActivityType): ReadonlyMap<string, AskedType> =>
  new Map([...common, ...Object.entries(properties)]);

/** What is wrong with what is asked of activities, at its place below `path`. */
export function deedFault(
  { type: key, where = [] }: Deed,
  types: readonly ActivityType[],
  path: string,
): Fault | null {
  const type = types.find((known) => known.key === key);
  if (type === undefined) {
    const known = types.map((known) => known.key).join(", ");
    const message = { key: "activity.type-unknown", values: { type: key, known } } as const;
    return { path: `${path}/type`, message };
  }
  const properties = propertiesOf(type);
  for (const [index, { property, is }] of where.entries()) {
    const asked = properties.get(property);
    if (asked === undefined) {
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
      : testFault(property, asked, is);
    if (message) return { path: `${path}/where/${index}/is`, message };
  }
  return null;
}

/** What a field holds; of `presence` nothing but whether it is there can be asked. */
export type AskedType = PropertyType | "presence";

const fitting: Record<AskedType, readonly ValueTest["test"][]> = {
  text: ["one-of", "contains", "present"],
  number: ["number", "present"],
  date: ["day", "present"],
  flag: ["one-of", "present"],
  presence: ["present"],
};

/** Why a field cannot be asked so. */
export function testFault(field: string, type: AskedType, test: ValueTest): Message | null {
  if (!fitting[type].includes(test.test)) {
    return { key: "segment.test-unfit", values: { field, type } };
  }
  if (test.test === "day") return spanFault(test.when);
  if (test.test !== "number") return null;
  const { from, to } = test;
  if (from === undefined && to === undefined) return { key: "segment.range-empty" };
  const isBackwards = from !== undefined && to !== undefined && from > to;
  return isBackwards ? { key: "segment.range-backwards" } : null;
}

/** What is wrong with the days of a test, if something is. */
function spanFault(span: Span): Message | null {
  if (span.span !== "between") return null;
  const { from, to } = span;
  if (from === undefined && to === undefined) return { key: "segment.span-empty" };
  const isBackwards = from !== undefined && to !== undefined && from > to;
  return isBackwards ? { key: "segment.span-backwards" } : null;
}

/** The same of days on which something was done. */
function pastFault(span: Span | undefined): Message | null {
  if (span === undefined) return null;
  return span.span === "next" ? { key: "segment.span-future" } : spanFault(span);
}
