import type { SegmentId, SellerId } from "@ringfence/core/ids";
import type { readRuleVocabulary } from "@ringfence/services/audience/segment";
import { createContext, useContext } from "react";
import type { RuleNames } from "@ringfence/core/audience/segment";

/** What a rule can ask about, for all fields of the builder to choose from. */
export type BuilderVocabulary = Awaited<ReturnType<typeof readRuleVocabulary>> & {
  /** The segment that is built; null of a new one. */
  ownId: SegmentId | null;
};

const VocabularyContext = createContext<BuilderVocabulary | null>(null);
export const VocabularyProvider = VocabularyContext.Provider;

export function useVocabulary(): BuilderVocabulary {
  const world = useContext(VocabularyContext);
  if (world === null) throw new Error("no world to choose from");
  return world;
}

/** How what rules name is called. */
export const toRuleNames = ({ segments, sellers, purposes }: BuilderVocabulary): RuleNames => ({
  segments: new Map(segments.map((segment) => [segment.id, segment])),
  sellers: sellers.map(({ id, name }: { id: SellerId; name: string }) => ({ id, name })),
  purposes,
});
