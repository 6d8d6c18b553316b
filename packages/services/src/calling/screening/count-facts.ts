import type { OrganizationId } from "@ringfence/core/ids";
import type { Keys } from "../../platform/keys/keys.ts";
import { countConsents } from "../../proof/record/consent-mac.ts";
import { type Correction, verifyCorrections } from "../../proof/record/correction-mac.ts";
import { findValidSpans, type StoredSuppression } from "../../proof/record/suppression-mac.ts";
import { readConsents } from "./consent-texts.ts";
import type { ConsentRow, FactsRow } from "./facts-row.ts";

type OptOutRow = NonNullable<FactsRow["optOuts"]>[number];
type SuppressionRow = NonNullable<FactsRow["suppressions"]>[number];

/** Facts as the statement returns them, with the MACs that show our code wrote them. */
export type StoredFacts = {
  /** Consents as written by `consentTexts`; null for none. */
  consents: string | null;
  /** `corrected` is null if nobody had corrected it by the instant asked about. */
  optOuts: (OptOutRow & { corrected: (Correction & HexMac) | null })[] | null;
  suppressions: (SuppressionRow & StoredSuppression & HexMac)[] | null;
};

type HexMac = { mac: string | null };
type Asked = { organizationId: OrganizationId; stored: StoredFacts };
type Counted = Pick<FactsRow, keyof StoredFacts>;
type RecordKeys = Pick<Keys, "recordKeys">;

/**
 * Leaves out whatever would allow calls but was not written by our code (contract 6): such a consent does not
 * exist, such a correction lifts nothing, and such a suppression has no end.
 */
export function countFacts(keys: RecordKeys, asked: readonly Asked[]): Counted[] {
  const consents = countConsentsTogether(keys, asked);
  return asked.map(({ organizationId, stored }, index) => ({
    consents: consents[index] ?? null,
    optOuts: stored.optOuts && removeLifted(keys, organizationId, stored.optOuts),
    suppressions: stored.suppressions && toValidSpans(keys, organizationId, stored.suppressions),
  }));
}

/**
 * Returns the consents that count for each call. Handles those of one organization together, because starting
 * costs more than one more consent.
 */
function countConsentsTogether(keys: RecordKeys, asked: readonly Asked[]): (ConsentRow[] | null)[] {
  const consents = asked.map(({ stored }): ConsentRow[] | null =>
    stored.consents === null ? null : [],
  );
  const read = asked.flatMap(({ organizationId, stored }, index) =>
    readConsents(stored.consents).map((one) => ({ organizationId, index, one })),
  );
  for (const [id, group] of Map.groupBy(read, ({ organizationId }) => organizationId)) {
    const counted = countConsents(
      keys,
      id,
      group.map(({ one }) => one),
    );
    for (const [place, event] of counted.entries()) {
      if (event !== null) consents[group[place]?.index ?? -1]?.push(event);
    }
  }
  return consents;
}

/** Returns the opt-outs that no correction of ours has lifted. */
function removeLifted(
  keys: RecordKeys,
  organizationId: OrganizationId,
  optOuts: NonNullable<StoredFacts["optOuts"]>,
): OptOutRow[] {
  const corrected = optOuts.flatMap((optOut) =>
    optOut.corrected ? [{ ...optOut.corrected, mac: toMac(optOut.corrected) }] : [],
  );
  if (corrected.length === 0) return optOuts;
  const verified = verifyCorrections(keys, organizationId, corrected);
  const lifted = new Set(corrected.flatMap(({ optOutId }, n) => (verified[n] ? optOutId : [])));
  return optOuts.filter((one) => one.corrected === null || !lifted.has(one.corrected.optOutId));
}

function toValidSpans(
  keys: RecordKeys,
  organizationId: OrganizationId,
  suppressions: NonNullable<StoredFacts["suppressions"]>,
): SuppressionRow[] {
  const stored = suppressions.map((one) => ({ ...one, mac: toMac(one) }));
  const counted = findValidSpans(keys, organizationId, stored);
  return stored.map(({ reason, at, until }, index) => ({
    reason,
    ...(counted[index] ?? { at, until }),
  }));
}

const toMac = ({ mac }: HexMac) => (mac === null ? null : Buffer.from(mac, "hex"));
