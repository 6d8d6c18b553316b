import type { SegmentId, SellerId } from "@ringfence/core/ids";
import type { readRuleWorld } from "@ringfence/services/audience/segment";
import { createContext, useContext } from "react";
import type { RuleNames } from "@ringfence/core/audience/segment";

/** What a rule can ask about, for all fields of the builder to choose from. */
export type RuleWorld = Awaited<ReturnType<typeof readRuleWorld>> & {
  /** The segment that is built; null of a new one. */
  ownId: SegmentId | null;
};

const WorldContext = createContext<RuleWorld | null>(null);
export const WorldProvider = WorldContext.Provider;

export function useWorld(): RuleWorld {
  const world = useContext(WorldContext);
  if (world === null) throw new Error("no world to choose from");
  return world;
}

/** How what rules name is called. */
export const namesIn = ({ segments, sellers, purposes }: RuleWorld): RuleNames => ({
  segments: new Map(segments.map((segment) => [segment.id, segment])),
  sellers: sellers.map(({ id, name }: { id: SellerId; name: string }) => ({ id, name })),
  purposes,
});
