import type { OrganizationId } from "@ringfence/core/ids";
import type { Keys } from "../keys/keys.ts";
import { hashWords, type MacInput, verifyMacs } from "./event-mac.ts";

/** A suppression as it is on record. Instants are epoch milliseconds. */
export type StoredSuppression = {
  id: string;
  phoneId: string;
  reason: string;
  at: number;
  until: number | null;
  recordedAt: number;
};

export const suppressionInput = ({ reason, ...stored }: StoredSuppression): MacInput => ({
  ...stored,
  kind: "suppression",
  words: hashWords([reason]),
});

type Dated = Pick<StoredSuppression, "at" | "until">;

/** When each suppression holds, so far as it bears our MAC: one that does not has begun, and has no end. */
export function countedSpans(
  keys: Pick<Keys, "recordKeys">,
  organizationId: OrganizationId,
  suppressions: readonly (StoredSuppression & { mac: Uint8Array | null })[],
): Dated[] {
  const verified = verifyMacs(
    keys,
    organizationId,
    suppressions.map(({ mac, ...stored }) => ({ ...suppressionInput(stored), mac })),
  );
  return suppressions.map(({ at, until }, index) =>
    verified[index] === true ? { at, until } : always,
  );
}

/** Whoever could change its end could put off its beginning, too. */
const always: Dated = { at: 0, until: null };
