import { OptOutChannel, type RecordOptOut } from "../../do-not-call/opt-out/index.ts";
import { type Phone, readPhone } from "../../people/phone/index.ts";
import { type RejectedRow, rejected } from "../../platform/rows/index.ts";
import { cellsOf } from "./cells.ts";
import type { Remark } from "./import-outcome.ts";
import type { Mapping } from "./mapping.ts";
import { mendPhone } from "./mend-phone.ts";
import { readTime } from "./read-time.ts";

export type ReadOptOutCells = {
  status: "read";
  line: number;
  phone: Phone;
  scope: NonNullable<RecordOptOut["scope"]>;
  channel: OptOutChannel;
  /** Null where the row does not say when, or not in a way that can be read. */
  at: Date | null;
  note: string | undefined;
  remarks: readonly Remark[];
};

/** A refusal as a row of a file tells of it: nothing that is wrong beside the number can lose it. */
export function readOptOutCells(
  line: number,
  row: readonly string[],
  mapping: Mapping,
): ReadOptOutCells | RejectedRow {
  const cells = cellsOf(mapping, row);
  const mended = mendPhone(cells.one("phone") ?? "");
  if (mended.fault) return rejected(line, mended.fault, "/phone");
  const read = readPhone(mended.text, mapping.region);
  if ("fault" in read) return rejected(line, read.fault, "/phone");

  const time = cells.one("at");
  const { at = null, fault } = time === undefined ? {} : readTime(time, mapping);
  const channel = OptOutChannel.safeParse(cells.one("channel")?.toLowerCase());
  return {
    status: "read",
    line,
    phone: read.phone,
    scope: scopeOf(cells.one("seller"), cells.one("purpose")),
    channel: channel.data ?? "import",
    at,
    note: cells.one("note"),
    remarks: fault ? [{ field: "at", message: fault }] : [],
  };
}

/** Of a seller's calls about a purpose no refusal can be: it is one of all calls, which is more. */
function scopeOf(
  seller: string | undefined,
  purpose: string | undefined,
): ReadOptOutCells["scope"] {
  if (seller !== undefined && purpose !== undefined) return {};
  if (seller !== undefined) return { seller };
  return purpose === undefined ? {} : { purpose };
}
