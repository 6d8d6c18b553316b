import {
  type RegistryRequirement,
  type JurisdictionId,
  warnsWhenUnread,
} from "../../people/jurisdiction/index.ts";
import { type Freshness, freshnessOf } from "./freshness.ts";
import { z } from "zod";
import { said } from "../../platform/message/index.ts";
import { storableText } from "../../platform/text/index.ts";

/** A registry as the organization has it. */
export type HeldRegistry = {
  /** Null before it was ever read. */
  ageDays: number | null;
  /** The organization's own limit, where rules set none. */
  ownDays: number;
};

/** How many contacts have a number of the place, and of them those for whom a registry does not answer. */
export type PlaceCounts = { contacts: number; outside: ReadonlyMap<string, number> };

export type CoveringRegistry = RegistryRequirement & {
  state: Freshness;
  isConnected: boolean;
  /** Whether calls are refused for its sake while it is not fresh. */
  doesRefuse: boolean;
  /** Contacts for whom it does not answer, as it was not subscribed to for their area. */
  outside: number;
};

export type PlaceCoverage = {
  place: JurisdictionId;
  contacts: number;
  registries: CoveringRegistry[];
  /** Contacts who cannot be called for want of a fresh list. */
  refused: number;
  /** What is missing for them: a list that is connected and fresh, or one that covers their area codes. */
  lacks: "fresh-list" | "area";
  /** Whether a consent may make up for every list that is not fresh. */
  isLifted: boolean;
};

/** What the rules of a place demand, against what the organization has read. */
export function coverPlace(
  place: JurisdictionId,
  demanded: readonly RegistryRequirement[],
  { contacts, outside }: PlaceCounts,
  held: ReadonlyMap<string, HeldRegistry>,
): PlaceCoverage {
  const registries = demanded.map((demand): CoveringRegistry => {
    const registry = held.get(demand.code);
    const ageDays = registry?.ageDays ?? null;
    const state = freshnessOf(ageDays, demand.limitDays ?? registry?.ownDays ?? 0);
    const isConnected = registry !== undefined;
    const doesRefuse = !demand.isPartial && (isConnected || !demand.warnsWhenUnread);
    return { ...demand, state, isConnected, doesRefuse, outside: outside.get(demand.code) ?? 0 };
  });
  const missing = registries.map((one) => ({ ...one, refused: refusedBy(one, contacts) }));
  const refusing = missing.filter(({ refused }) => refused > 0);
  return {
    place,
    contacts,
    registries,
    refused: Math.max(0, ...refusing.map(({ refused }) => refused)),
    lacks: refusing.some(isNotFresh) ? "fresh-list" : "area",
    isLifted: refusing.every(({ isLifted }) => isLifted),
  };
}

/** All of a place, unless its list is fresh: then those alone for whom it does not answer. */
function refusedBy({ state, doesRefuse, outside }: CoveringRegistry, contacts: number): number {
  if (!doesRefuse) return 0;
  return isNotFresh({ state }) ? contacts : outside;
}

const isNotFresh = ({ state }: Pick<CoveringRegistry, "state">) =>
  state === "none" || state === "stale";

/** Silences warnings of a registry that is not connected, for an officer's reason. Never lifts a refusal. */
export const SilenceUnread = z.object({
  code: z.string().refine(warnsWhenUnread, said("registry.unread-refuses")),
  reason: storableText(500).min(10, said("jurisdiction.reason-short")),
});
export type SilenceUnread = z.infer<typeof SilenceUnread>;

/** Turns these warnings on again. */
export const UnsilenceUnread = z.object({ id: z.uuid() });
export type UnsilenceUnread = z.infer<typeof UnsilenceUnread>;
