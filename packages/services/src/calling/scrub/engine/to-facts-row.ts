import { RegistryId } from "@ringfence/core/ids";
import { hasNumber } from "@ringfence/core/do-not-call/registry";
import type { FactsRow } from "../../screening/internal.ts";
import { findListedSince } from "./load-registries.ts";
import type { ScrubSnapshot } from "./snapshot.ts";
import type { LineType } from "@ringfence/core/people/phone";
import { ANSWER_DAYS } from "@ringfence/core/calling/screening";
import { DAY_MS } from "@ringfence/core/platform/time";
import { type FactStore, factTime, factRecordedAt, factText, factEnd } from "./fact-store.ts";

/**
 * Builds the row that `readFacts` would have returned for a single screening at the snapshot's instant. The ids of
 * the screening, the phone and the permits are left out, because no verdict depends on them, and the campaign, because
 * a scrub has none.
 */
export function toFactsRow(
  { own, at, history, registries }: ScrubSnapshot,
  digits: number,
  facts: readonly number[],
): FactsRow {
  const since = new Map(
    registries
      .filter(({ numbers }) => hasNumber(numbers, digits))
      .map(({ id, listings }) => [id, listings && findListedSince(listings, digits)]),
  );
  return {
    id: "",
    now: at,
    phoneId: null,
    campaign: null,
    ...toOwnRow(own, facts),
    listedIn: Object.fromEntries(since),
    unanswered: registries.flatMap(({ id, answered }) =>
      answered === null || hasNumber(answered, digits) ? [] : [id],
    ),
    history: history && toHistory(history, since),
  };
}

/** Adds to the history of registries whether each lists this number: it was read for no number in particular. */
const toHistory = (
  history: NonNullable<ScrubSnapshot["history"]>,
  since: ReadonlyMap<RegistryId, number | null>,
): NonNullable<FactsRow["history"]> =>
  Object.fromEntries(
    Object.entries(history).map(([id, state]) => {
      const registryId = RegistryId.parse(id);
      const isListed = since.has(registryId);
      return [registryId, { ...state, isListed, listedSince: since.get(registryId) ?? null }];
    }),
  );

type OwnColumns = Pick<
  FactsRow,
  | "contacts"
  | "consents"
  | "optOuts"
  | "suppressions"
  | "preferences"
  | "calls"
  | "permits"
  | "reassigned"
>;
type OwnRow = { [Column in keyof OwnColumns]: NonNullable<OwnColumns[Column]> } & {
  purchasedAt: number | null;
  lineType: LineType | null;
  lineTypeAt: number | null;
};

/** Builds the columns that come from the organization's own facts. */
export function toOwnRow(own: FactStore, facts: readonly number[]): OwnRow {
  const row: OwnRow = {
    lineType: null,
    lineTypeAt: null,
    purchasedAt: null,
    contacts: [],
    consents: [],
    optOuts: [],
    suppressions: [],
    preferences: [],
    calls: [],
    permits: [],
    reassigned: [],
  };
  for (const fact of facts) addTo(row, own, fact);
  return row;
}

function addTo(row: OwnRow, own: FactStore, fact: number) {
  const text = factText(own, fact);
  const [at, recordedAt] = [factTime(own, fact), factRecordedAt(own, fact)];
  const until = factEnd(own, fact);
  const end = Number.isNaN(until) ? null : until;
  switch (text.kind) {
    case "line":
      // For a number and its erased row, takes the lower type, as the statement does.
      if (row.lineType === null || text.lineType < row.lineType) row.lineType = text.lineType;
      if (!Number.isNaN(at)) row.lineTypeAt = Math.min(at, row.lineTypeAt ?? at);
      return;
    case "contact":
      row.contacts.push(text);
      return;
    case "consent":
      row.consents.push({ ...text, at, validUntil: end, recordedAt });
      return;
    case "opt-out":
      row.optOuts.push({ ...text, at, recordedAt });
      return;
    case "suppression":
      row.suppressions.push({ ...text, at, until: end });
      return;
    case "preferences":
      row.preferences.push({ hours: text.hours, refusedDialers: text.refusedDialers });
      return;
    case "call":
      row.calls.push(at);
      return;
    case "purchase":
      // Of a number and its erased row, the earlier one counts, as in the statement.
      row.purchasedAt = Math.min(at, row.purchasedAt ?? at);
      return;
    case "permit":
      row.permits.push({ id: "", at, until: end });
      return;
    case "reassigned":
      // For the answer `yes`, only its instant matters.
      row.reassigned.push({
        answer: text.answer,
        consentDate: at,
        askedAt: end === null ? at : end - ANSWER_DAYS * DAY_MS,
        at: recordedAt,
      });
      return;
    case "port":
    case "listing": // `toFactsRow` reads registries itself
  }
}
