import type {
  ActivityCondition,
  Condition,
  FieldType,
  RuleNames,
  ValueTest,
} from "@ringfence/core/audience/segment";
import type { SegmentId, SellerId } from "@ringfence/core/ids";
import type { readRuleVocabulary } from "@ringfence/services/audience/segment";
import { createContext, useContext } from "react";

/*
 * Where the segment builder starts: the kinds of conditions, a new condition or test of each, and the vocabulary from
 * which all components of the builder choose.
 */

/** The kinds of conditions, in the order in which the builder offers them. A new kind must be added by hand. */
export const conditionKinds = [
  "attribute",
  "activity",
  "occasion",
  "sequence",
  "ranking",
  "consent",
  "preference",
  "calls",
  "segment",
] as const satisfies readonly Condition["is"][];

/** Creates the test with which a field of a type starts. */
export function createTest(type: FieldType): ValueTest {
  switch (type) {
    case "text":
      return { test: "one-of", values: [] };
    case "flag":
      return { test: "one-of", values: ["true"] };
    case "number":
      return { test: "number", from: 0 };
    case "date":
      return { test: "day", when: { span: "last", days: 30 } };
    case "presence":
      return { test: "present", isPresent: true };
  }
}

/**
 * Creates a condition with the first available choices. It may be unfinished, such as one with an empty topic. Null if
 * the vocabulary lacks a field, a seller and purpose, or another segment. If it has no type of activity, the condition
 * names "purchase".
 */
export function createCondition(
  kind: Condition["is"],
  vocabulary: BuilderVocabulary,
): Condition | null {
  const did: ActivityCondition = { type: vocabulary.types[0]?.key ?? "purchase" };
  switch (kind) {
    case "attribute": {
      const [field] = vocabulary.fields;
      return field ? { is: kind, field: field.name, test: createTest(field.type) } : null;
    }
    case "activity":
      return { is: kind, did, measure: "count", compare: { op: "at-least", value: 1 } };
    case "occasion":
      return { is: kind, which: "last", did, when: { span: "last", days: 30 } };
    case "sequence":
      return { is: kind, first: did, next: did, withinDays: 30, happened: false };
    case "ranking":
      return { is: kind, type: did.type, by: "money", end: "top", percent: 10 };
    case "consent": {
      const [[seller], [purpose]] = [vocabulary.sellers, vocabulary.purposes];
      if (!seller || !purpose) return null;
      const call = { seller: seller.id, purpose: purpose.key, channel: "voice_live" } as const;
      return { is: kind, standing: "granted", ...call };
    }
    case "preference":
      return { is: kind, topic: "", values: [] };
    case "calls":
      return { is: kind, during: { span: "last", days: 30 }, compare: { op: "at-most", value: 0 } };
    case "segment": {
      const other = vocabulary.segments.find(({ id }) => id !== vocabulary.ownId);
      return other ? { is: kind, segment: other.id } : null;
    }
  }
}

/** Fields, activities, segments, sellers and purposes that a rule can refer to. */
export type BuilderVocabulary = Awaited<ReturnType<typeof readRuleVocabulary>> & {
  /** Id of the segment that is built; null for a new one. */
  ownId: SegmentId | null;
};

const VocabularyContext = createContext<BuilderVocabulary | null>(null);
export const VocabularyProvider = VocabularyContext.Provider;

export function useVocabulary(): BuilderVocabulary {
  const vocabulary = useContext(VocabularyContext);
  if (vocabulary === null) throw new Error("no vocabulary is provided");
  return vocabulary;
}

/** Names for the references in a rule. */
export const toRuleNames = ({ segments, sellers, purposes }: BuilderVocabulary): RuleNames => ({
  segments: new Map(segments.map((segment) => [segment.id, segment])),
  sellers: sellers.map(({ id, name }: { id: SellerId; name: string }) => ({ id, name })),
  purposes,
});
