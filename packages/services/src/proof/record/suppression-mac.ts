import type { OrganizationId } from "@ringfence/core/ids";
import type { Keys } from "../../platform/keys/keys.ts";
import { hashWords, type MacInput, verifyMacs } from "./event-mac.ts";

/** A recorded suppression. Dates are epoch milliseconds. */
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

type Span = Pick<StoredSuppression, "at" | "until">;

/**
 * Returns the start and end of each suppression. One without a valid MAC of ours counts as started and
 * without an end.
 */
export function findValidSpans(
  keys: Pick<Keys, "recordKeys">,
  organizationId: OrganizationId,
  suppressions: readonly (StoredSuppression & { mac: Uint8Array | null })[],
): Span[] {
  const verified = verifyMacs(
    keys,
    organizationId,
    suppressions.map(({ mac, ...stored }) => ({ ...suppressionInput(stored), mac })),
  );
  return suppressions.map(({ at, until }, index) =>
    verified[index] === true ? { at, until } : unboundedSpan,
  );
}

/**
 * Period of a suppression without a valid MAC. It has no start either, because whoever can change the end
 * could also postpone the start.
 */
const unboundedSpan: Span = { at: 0, until: null };
