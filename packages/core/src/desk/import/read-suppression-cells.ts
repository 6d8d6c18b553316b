import { type Phone, readPhone } from "../../people/phone/index.ts";
import { type RejectedRow, rejected } from "../../platform/rows/index.ts";
import { suppressionFault, SuppressionReason } from "../../do-not-call/suppression/index.ts";
import { cellsOf } from "./cells.ts";
import type { Mapping } from "./mapping.ts";
import { mendPhone } from "./mend-phone.ts";
import { readTime } from "./read-time.ts";
import { readReason } from "./read-words.ts";

export type ReadSuppressionCells = {
  status: "read";
  line: number;
  phone: Phone;
  reason: SuppressionReason;
  at: Date | null;
  until: Date | null;
};

/** A number not to be called, as a row of a file tells of it. */
export function readSuppressionCells(
  line: number,
  row: readonly string[],
  mapping: Mapping,
  now: Date,
): ReadSuppressionCells | RejectedRow {
  const cells = cellsOf(mapping, row);
  const mended = mendPhone(cells.one("phone") ?? "");
  if (mended.fault) return rejected(line, mended.fault, "/phone");
  const read = readPhone(mended.text, mapping.region);
  if ("fault" in read) return rejected(line, read.fault, "/phone");

  const { data: reason } = SuppressionReason.safeParse(readReason(cells.one("reason") ?? ""));
  if (!reason) {
    const values = { values: SuppressionReason.options.join(", ") };
    return rejected(line, { key: "fault.value", values }, "/reason");
  }
  const times = { at: cells.one("at"), until: cells.one("until") };
  const at = times.at === undefined ? null : readTime(times.at, mapping);
  if (at?.fault) return rejected(line, at.fault, "/at");
  const until =
    times.until === undefined ? null : readTime(times.until, mapping, { endOfDay: true });
  if (until?.fault) return rejected(line, until.fault, "/until");

  const ends = suppressionFault({ at: at?.at, until: until?.at }, now);
  if (ends) return rejected(line, ends, "/until");
  const { phone } = read;
  return { status: "read", line, phone, reason, at: at?.at ?? null, until: until?.at ?? null };
}
