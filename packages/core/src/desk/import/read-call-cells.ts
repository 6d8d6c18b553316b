import { type CallWorld, type ReadCallRow, readCallRow } from "../../calling/call/index.ts";
import { type RejectedRow, rejected } from "../../platform/rows/index.ts";
import { cellsOf } from "./cells.ts";
import type { Mapping } from "./mapping.ts";
import { mendPhone } from "./mend-phone.ts";
import { readTime } from "./read-time.ts";

/** Reads a call that was placed from a row of a dialer's log, or says what is wrong with the row. */
export function readCallCells(
  line: number,
  row: readonly string[],
  mapping: Mapping,
  world: CallWorld,
): ReadCallRow | RejectedRow {
  const cells = cellsOf(mapping, row);
  const phone = mendPhone(cells.one("phone") ?? "");
  if (phone.fault) return rejected(line, phone.fault, "/phone");
  const id = cells.one("externalId");
  if (id === undefined) return rejected(line, { key: "import.call-without-id" }, "/externalId");
  const at = readTime(cells.one("at") ?? "", mapping);
  if (at.fault) return rejected(line, at.fault, "/at");
  const seconds = cells.one("seconds");
  return readCallRow(
    line,
    {
      phone: phone.text,
      externalId: id,
      seller: cells.one("seller"),
      purpose: cells.one("purpose"),
      at: at.at.toISOString(),
      outcome: cells.one("outcome"),
      seconds: seconds === undefined ? undefined : readSeconds(seconds),
      campaign: cells.one("campaign"),
      dialer: cells.one("dialer")?.toLowerCase().replaceAll(/[ -]/g, "_"),
      screening: cells.one("screening"),
    },
    { ...world, region: mapping.region },
  );
}

/** Reads 200 and 00:03:20 as 200 seconds; anything else stays as it is written, and is rejected. */
function readSeconds(cell: string): number | string {
  if (/^\d+$/.test(cell)) return Number(cell);
  const [, hours = "0", minutes, seconds] = /^(?:(\d+):)?(\d{1,2}):(\d{2})$/.exec(cell) ?? [];
  if (minutes === undefined || seconds === undefined) return cell;
  return Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
}
