import { type ReadContactRow, readContactRow } from "../../people/contact/index.ts";
import { type RejectedRow, rejected } from "../../platform/rows/index.ts";
import { cellsOf } from "./cells.ts";
import type { Mapping } from "./mapping.ts";
import { mendPhone } from "./mend-phone.ts";
import { readCalledParty } from "./read-words.ts";

/** A person as a row of a file tells of them. */
export function readContactCells(
  line: number,
  row: readonly string[],
  mapping: Mapping,
): ReadContactRow | RejectedRow {
  const cells = cellsOf(mapping, row);
  const phones = cells.all("phone").flatMap(splitPhones).map(mendPhone);
  const lost = phones.find(({ fault }) => fault);
  if (lost?.fault) return rejected(line, lost.fault, "/phones");

  const party = cells.one("calledParty");
  const sent = {
    externalId: cells.one("externalId"),
    name: cells.all("name").join(" "),
    email: cells.one("email"),
    locale: cells.one("locale"),
    zone: cells.one("zone"),
    addressRegion: regionOf(cells.one("addressRegion"), cells.one("state"), mapping.region),
    calledParty: party && readCalledParty(party),
    attributes: cells.attributes(),
    phones: phones.map(({ text }) => text),
  };
  return readContactRow(line, sent, mapping.region);
}

/** A state alone is one of the country that the file is from. */
function regionOf(region: string | undefined, state: string | undefined, country: string) {
  if (state === undefined) return region;
  return state.includes("-") ? state : `${country}-${state}`;
}

/** Several numbers in one cell; what is between them is never within one. */
function splitPhones(cell: string): string[] {
  const parts = cell.split(/[;,|\n]/).filter((part) => part.trim() !== "");
  const areNumbers = parts.every((part) => part.replaceAll(/\D/g, "").length >= 7);
  return parts.length > 1 && areNumbers ? parts : [cell];
}
