import type { OrganizationId } from "@ringfence/core/ids";
import type { Keys } from "../../platform/internal.ts";
import { type MacInput, createMacs, hashContent, verifyMacs } from "./event-mac.ts";

/** A person's choice about calls to one of their phones, as its row states it. */
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

/** Makes the MAC of a choice that may end earlier ones. Only for a person who proved that the phone is theirs. */
export function createPreferenceMac(
  keys: EventKeys,
  organizationId: OrganizationId,
  stored: StoredPreference,
): Uint8Array<ArrayBuffer> {
  const [mac] = createMacs(keys, organizationId, [toMacInput(stored)]);
  if (mac === undefined) throw new Error("no MAC was made");
  return mac;
}

/** Checks which choices bear our MAC. One that does not ends no earlier choice. */
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
