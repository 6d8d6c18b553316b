import type { LineType } from "@ringfence/core/phone";
import type { FactsRow } from "../screening/facts-row.ts";
import { atOf, type OwnFacts, recordedAtOf, saidOf, untilOf } from "./own-facts.ts";

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
  for (const fact of facts) addTo(row, own, fact);
  return row;
}

function addTo(row: OwnRow, own: OwnFacts, fact: number) {
  const said = saidOf(own, fact);
  const [at, recordedAt] = [atOf(own, fact), recordedAtOf(own, fact)];
  const until = untilOf(own, fact);
  const end = Number.isNaN(until) ? null : until;
  switch (said.kind) {
    case "line":
      // Of a number and its erased row, as the statement has it.
      if (row.lineType === null || said.lineType < row.lineType) row.lineType = said.lineType;
      return;
    case "contact":
      row.contacts.push(said);
      return;
    case "consent":
      row.consents.push({ ...said, at, validUntil: end, recordedAt });
      return;
    case "opt-out":
      row.optOuts.push({ ...said, at, recordedAt });
      return;
    case "suppression":
      row.suppressions.push({ ...said, at, until: end });
      return;
    case "call":
      row.calls.push(at);
      return;
    case "listing": // what registries say is told apart
  }
}
