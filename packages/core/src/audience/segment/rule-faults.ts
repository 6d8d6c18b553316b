import type { ActivityType } from "../../people/activity/index.ts";
import type { SegmentId, SellerId } from "../../platform/ids.ts";
import type { Fault, Message } from "../../platform/message/index.ts";
import { findPurpose, type PurposeKey } from "../../account/purpose/index.ts";
import { deedFault } from "./deed-fault.ts";
import { type KnownSegments, restsOn } from "./known-segments.ts";
import { type Comparison, isGroup, type Leaf, type LeafOf, type Rule } from "./rule.ts";
import { pastFault } from "./span-fault.ts";
import { type AskedType, testFault } from "./test-fault.ts";

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
