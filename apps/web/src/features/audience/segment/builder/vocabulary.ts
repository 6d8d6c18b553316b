import type { SegmentId, SellerId } from "@ringfence/core/ids";
import type { readRuleVocabulary } from "@ringfence/services/audience/segment";
import { createContext, useContext } from "react";
import type { RuleNames } from "@ringfence/core/audience/segment";

/** Fields, activities, segments, sellers and purposes that a rule can refer to. */
export type BuilderVocabulary = Awaited<ReturnType<typeof readRuleVocabulary>> & {
  /** Id of the segment that is built; null for a new one. */
  ownId: SegmentId | null;
};

const VocabularyContext = createContext<BuilderVocabulary | null>(null);
export const VocabularyProvider = VocabularyContext.Provider;

export function useVocabulary(): BuilderVocabulary {
  const world = useContext(VocabularyContext);
  if (world === null) throw new Error("no world to choose from");
  return world;
}

/** Names for the references in a rule. */
export const toRuleNames = ({ segments, sellers, purposes }: BuilderVocabulary): RuleNames => ({
  segments: new Map(segments.map((segment) => [segment.id, segment])),
  sellers: sellers.map(({ id, name }: { id: SellerId; name: string }) => ({ id, name })),
  purposes,
});
