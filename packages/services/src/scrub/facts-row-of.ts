import { Channel, ConsentEventType } from "@ringfence/core/consent";
import { ConsentId, SellerId } from "@ringfence/core/ids";
import { CalledParty, LineType } from "@ringfence/core/phone";
import { SuppressionReason } from "@ringfence/core/suppression";
import { z } from "zod";
import type { FactsRow } from "../screening/facts-row.ts";
import { letterOf, wordsOf } from "./load-own-facts.ts";
import type { OwnFacts } from "./own-facts.ts";

const OptOutKind = z.enum(["all", "seller", "purpose", "profiling"]);

type OwnColumns = Pick<FactsRow, "contacts" | "consents" | "optOuts" | "suppressions" | "calls">;
export type OwnRow = { [Column in keyof OwnColumns]: NonNullable<OwnColumns[Column]> } & {
  lineType: LineType | null;
};

/** What the statement of a single screening would say from the same facts. */
export function factsRowOf(own: OwnFacts, facts: readonly number[]): OwnRow {
  const row: OwnRow = {
    lineType: null,
    contacts: [],
    consents: [],
    optOuts: [],
    suppressions: [],
    calls: [],
  };
  for (const fact of facts) readers[letterAt(own, fact)]?.(row, own, fact);
  return row;
}

export const letterAt = ({ texts, words }: OwnFacts, fact: number) =>
  texts[words[fact] ?? -1]?.[0] ?? "";

const readers: Record<string, (row: OwnRow, own: OwnFacts, fact: number) => void> = {
  [letterOf.line]: (row, own, fact) => {
    row.lineType = LineType.parse(wordsAt(own, fact)[0]);
  },
  [letterOf.contact]: (row, own, fact) => {
    const [zone = null, region = null, calledParty] = wordsAt(own, fact);
    row.contacts.push({ zone, region, calledParty: CalledParty.parse(calledParty) });
  },
  [letterOf.consent]: (row, own, fact) => {
    const [type, sellerId, purposes, channels, elements, isWritten, isProven, consentId] = wordsAt(
      own,
      fact,
    );
    row.consents.push({
      type: ConsentEventType.parse(type),
      sellerId: SellerId.parse(sellerId),
      purposes: itemsOf(purposes),
      channels: Channel.array().parse(itemsOf(channels)),
      elements: itemsOf(elements),
      isWritten: isTrue(isWritten),
      isProven: isTrue(isProven),
      // Only where one was found void does it matter which.
      consentId: ConsentId.parse(consentId ?? "00000000-0000-7000-8000-000000000000"),
      at: own.at[fact] ?? 0,
      validUntil: instantOrNull(own.until[fact]),
      recordedAt: own.recordedAt[fact] ?? 0,
    });
  },
  [letterOf["opt-out"]]: (row, own, fact) => {
    const [scope, sellerId, purpose = null] = wordsAt(own, fact);
    row.optOuts.push({
      scope: OptOutKind.parse(scope),
      sellerId: sellerId ? SellerId.parse(sellerId) : null,
      purpose,
      at: own.at[fact] ?? 0,
      recordedAt: own.recordedAt[fact] ?? 0,
    });
  },
  [letterOf.suppression]: (row, own, fact) => {
    const [reason] = wordsAt(own, fact);
    row.suppressions.push({
      reason: SuppressionReason.parse(reason),
      at: own.at[fact] ?? 0,
      until: instantOrNull(own.until[fact]),
    });
  },
  [letterOf.call]: (row, own, fact) => row.calls.push(own.at[fact] ?? 0),
};

const wordsAt = ({ texts, words }: OwnFacts, fact: number) =>
  wordsOf(texts[words[fact] ?? -1] ?? "");

/** `{a,b}`: keys of ours, so never quoted. */
const itemsOf = (array: string | null | undefined) =>
  (array ?? "{}")
    .slice(1, -1)
    .split(",")
    .filter((item) => item !== "");

/** A `boolean` of one byte. */
const isTrue = (word: string | null | undefined) => word === "\u0001";

const instantOrNull = (at: number | undefined) =>
  at === undefined || Number.isNaN(at) ? null : at;
