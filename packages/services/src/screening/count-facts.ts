import type { OrganizationId } from "@ringfence/core/ids";
import type { Keys } from "../keys/keys.ts";
import { countConsents } from "../record/consent-mac.ts";
import { type Correction, verifyCorrections } from "../record/correction-mac.ts";
import { countedSpans, type StoredSuppression } from "../record/suppression-mac.ts";
import { readConsents } from "./consent-texts.ts";
import type { ConsentRow, FactsRow } from "./facts-row.ts";

type OptOutRow = NonNullable<FactsRow["optOuts"]>[number];
type SuppressionRow = NonNullable<FactsRow["suppressions"]>[number];

/** Facts as the statement answers them, with what shows that our code wrote them. */
export type StoredFacts = {
  /** As `consentTexts` writes them; null for none. */
  consents: string | null;
  /** `corrected` is null where nobody corrected it by the instant that is asked about. */
  optOuts: (OptOutRow & { corrected: (Correction & HexMac) | null })[] | null;
  suppressions: (SuppressionRow & StoredSuppression & HexMac)[] | null;
};

type HexMac = { mac: string | null };
type Asked = { organizationId: OrganizationId; stored: StoredFacts };
type Counted = Pick<FactsRow, keyof StoredFacts>;
type RecordKeys = Pick<Keys, "recordKeys">;

/**
 * Leaves out what opens something and was not written by our code (contract 6): such a consent is not on
 * record, such a correction lifts nothing, and such a suppression has no end.
 */
export function countFacts(keys: RecordKeys, asked: readonly Asked[]): Counted[] {
  const consents = consentsOf(keys, asked);
  return asked.map(({ organizationId, stored }, index) => ({
    consents: consents[index] ?? null,
    optOuts: stored.optOuts && standing(keys, organizationId, stored.optOuts),
    suppressions: stored.suppressions && spans(keys, organizationId, stored.suppressions),
  }));
}

/** The consents of each, those of an organization at once: to begin takes longer than one more. */
function consentsOf(keys: RecordKeys, asked: readonly Asked[]): (ConsentRow[] | null)[] {
  const consents = asked.map(({ stored }): ConsentRow[] | null =>
    stored.consents === null ? null : [],
  );
  const read = asked.flatMap(({ organizationId, stored }, index) =>
    readConsents(stored.consents).map((one) => ({ organizationId, index, one })),
  );
  for (const [id, ofOne] of Map.groupBy(read, ({ organizationId }) => organizationId)) {
    const counted = countConsents(
      keys,
      id,
      ofOne.map(({ one }) => one),
    );
    for (const [place, event] of counted.entries()) {
      if (event !== null) consents[ofOne[place]?.index ?? -1]?.push(event);
    }
  }
  return consents;
}

/** The opt-outs that no correction of ours has lifted. */
function standing(
  keys: RecordKeys,
  organizationId: OrganizationId,
  optOuts: NonNullable<StoredFacts["optOuts"]>,
): OptOutRow[] {
  const corrected = optOuts.flatMap((optOut) =>
    optOut.corrected ? [{ ...optOut.corrected, mac: macOf(optOut.corrected) }] : [],
  );
  if (corrected.length === 0) return optOuts;
  const verified = verifyCorrections(keys, organizationId, corrected);
  const lifted = new Set(corrected.flatMap(({ optOutId }, n) => (verified[n] ? optOutId : [])));
  return optOuts.filter((one) => one.corrected === null || !lifted.has(one.corrected.optOutId));
}

function spans(
  keys: RecordKeys,
  organizationId: OrganizationId,
  suppressions: NonNullable<StoredFacts["suppressions"]>,
): SuppressionRow[] {
  const stored = suppressions.map((one) => ({ ...one, mac: macOf(one) }));
  const counted = countedSpans(keys, organizationId, stored);
  return stored.map(({ reason, at, until }, index) => ({
    reason,
    ...(counted[index] ?? { at, until }),
  }));
}

const macOf = ({ mac }: HexMac) => (mac === null ? null : Buffer.from(mac, "hex"));
