import type { OrganizationId } from "@ringfence/core/ids";
import type { Keys } from "../../platform/internal.ts";
import { type MacInput, createMacs, hashContent, verifyMacs } from "./event-mac.ts";

/** A call preference for a phone, as it is stored. */
export type StoredPreference = {
  id: string;
  phoneId: string;
  /** Epoch milliseconds. */
  at: number;
  days: readonly string[];
  opensAt: string;
  closesAt: string;
  refusedDialers: readonly string[];
};

const toMacInput = (stored: StoredPreference): MacInput => ({
  kind: "preference",
  id: stored.id,
  phoneId: stored.phoneId,
  at: stored.at,
  until: null,
  recordedAt: stored.at,
  contentHash: hashContent([stored.days, stored.opensAt, stored.closesAt, stored.refusedDialers]),
});

type EventKeys = Pick<Keys, "eventKeys">;

/**
 * Creates the MAC of a preference that ends earlier ones. Call it only for a person who proved that the phone is
 * theirs.
 */
export function createPreferenceMac(
  keys: EventKeys,
  organizationId: OrganizationId,
  stored: StoredPreference,
): Uint8Array<ArrayBuffer> {
  const [mac] = createMacs(keys, organizationId, [toMacInput(stored)]);
  if (mac === undefined) throw new Error("no MAC was made");
  return mac;
}

/** Checks which preferences have our MAC. One without it does not end earlier ones. */
export const verifyPreferences = (
  keys: EventKeys,
  organizationId: OrganizationId,
  stored: readonly (StoredPreference & { mac: Uint8Array | null })[],
): boolean[] =>
  verifyMacs(
    keys,
    organizationId,
    stored.map((one) => ({ ...toMacInput(one), mac: one.mac })),
  );
