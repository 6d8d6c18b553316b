import type { JurisdictionId, RegistryRequirement } from "../../people/jurisdiction/index.ts";
import { type Freshness, rateFreshness } from "./freshness.ts";
import { z } from "zod";
import { withMessage } from "../../platform/message/index.ts";
import { storableText } from "../../platform/text/index.ts";

/** A registry that the organization has connected. */
export type ConnectedRegistry = {
  /** Null before the first reading. */
  ageDays: number | null;
  /** The organization's age limit, used if no rule sets one. */
  ownDays: number;
};

/** Contacts with a number in the jurisdiction, and how many of them each registry does not cover. */
export type JurisdictionCounts = { contacts: number; outside: ReadonlyMap<string, number> };

export type CoveringRegistry = RegistryRequirement & {
  state: Freshness;
  isConnected: boolean;
  /** True if all calls are refused while it is not fresh. Registries for some calls only never count as that. */
  doesRefuse: boolean;
  /** Contacts in area codes that the subscription does not include. */
  outside: number;
};

export type JurisdictionCoverage = {
  jurisdiction: JurisdictionId;
  contacts: number;
  registries: CoveringRegistry[];
  /**
   * Contacts who cannot be called because of one registry: the largest such number. With several registries there
   * may be more.
   */
  refused: number;
  /** The list that those contacts lack: a connected and fresh one, or one that includes their area codes. */
  lacks: "fresh-list" | "area";
  /**
   * True if a consent can make up for every registry because of which contacts cannot be called, or if there is none.
   */
  isLifted: boolean;
};

/** Compares the registries that a jurisdiction's rules require with those that the organization has read. */
export function assessCoverage(
  jurisdiction: JurisdictionId,
  requirements: readonly RegistryRequirement[],
  { contacts, outside }: JurisdictionCounts,
  connected: ReadonlyMap<string, ConnectedRegistry>,
): JurisdictionCoverage {
  const registries = requirements.map((requirement): CoveringRegistry => {
    const { code, limitDays, isPartial } = requirement;
    const registry = connected.get(code);
    const ageDays = registry?.ageDays ?? null;
    const state = rateFreshness(ageDays, limitDays ?? registry?.ownDays ?? 0);
    const isConnected = registry !== undefined;
    const doesRefuse = !isPartial && (isConnected || !requirement.warnsWhenUnread);
    return { ...requirement, state, isConnected, doesRefuse, outside: outside.get(code) ?? 0 };
  });
  const missing = registries.map((one) => ({ ...one, refused: countRefused(one, contacts) }));
  const refusing = missing.filter(({ refused }) => refused > 0);
  return {
    jurisdiction,
    contacts,
    registries,
    refused: Math.max(0, ...refusing.map(({ refused }) => refused)),
    lacks: refusing.some(isNotFresh) ? "fresh-list" : "area",
    isLifted: refusing.every(({ isLifted }) => isLifted),
  };
}

/** Counts all contacts if the list is not fresh, else only those that it does not cover. */
function countRefused({ state, doesRefuse, outside }: CoveringRegistry, contacts: number): number {
  if (!doesRefuse) return 0;
  return isNotFresh({ state }) ? contacts : outside;
}

const isNotFresh = ({ state }: Pick<CoveringRegistry, "state">) =>
  state === "none" || state === "stale";

/** Silences the warning that a registry is not connected, with an officer's reason. Never lifts a refusal. */
export const SilenceWarning = z.object({
  code: z.string(),
  reason: storableText(500).min(10, withMessage("jurisdiction.reason-short")),
});
export type SilenceWarning = z.infer<typeof SilenceWarning>;

/** Turns the warning on again. */
export const RestoreWarning = z.object({ id: z.uuid() });
export type RestoreWarning = z.infer<typeof RestoreWarning>;
