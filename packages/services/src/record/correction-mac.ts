import type { OrganizationId } from "@ringfence/core/ids";
import type { Keys } from "../keys/keys.ts";
import { hashWords, type MacInput, verifyMacs } from "./event-mac.ts";

/** That two officers corrected an opt-out: which, of which phone, and since when it is lifted. */
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

/** Whether each correction bears our MAC. One that does not lifts nothing. */
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
