import type { OrganizationId } from "@ringfence/core/ids";
import type { Keys } from "../../platform/keys/keys.ts";
import { hashWords, type MacInput, verifyMacs } from "./event-mac.ts";

/** A correction of an opt-out by two officers: which opt-out, of which phone, and when it was lifted. */
export type Correction = {
  correctionId: string;
  optOutId: string;
  phoneId: string;
  /** Epoch milliseconds. */
  at: number;
};

export const correctionInput = ({ correctionId, optOutId, phoneId, at }: Correction): MacInput => ({
  kind: "correction",
  id: optOutId,
  phoneId,
  at,
  until: null,
  recordedAt: at,
  words: hashWords([correctionId]),
});

/** Checks which corrections bear our MAC. One that does not lifts nothing. */
export const verifyCorrections = (
  keys: Pick<Keys, "recordKeys">,
  organizationId: OrganizationId,
  corrections: readonly (Correction & { mac: Uint8Array | null })[],
): boolean[] =>
  verifyMacs(
    keys,
    organizationId,
    corrections.map((one) => ({ ...correctionInput(one), mac: one.mac })),
  );
