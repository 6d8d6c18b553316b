import { Reason } from "@ringfence/core/calling/screening";
import { type Phone, phoneFromDigits } from "@ringfence/core/people/phone";
import { type ScrubSettings } from "@ringfence/core/calling/scrub";
import { HEAD_BYTES, phoneColumnNamed, fileHeadOf } from "@ringfence/core/people/number-file";
import { readHead } from "../../platform/files/index.ts";
import { planFile, type PlannedFile } from "./plan-file.ts";
import { makeRowReader, type NumberedRows } from "./row-reader.ts";

/** One row in the result of a scrub. */
export type ResultRow = {
  /** Null where the row has no number. */
  phone: Phone | null;
  verdict: "allow" | "refuse";
  reasons: readonly Reason[];
  callableFrom: Date | null;
};

/** Reads the result from its beginning: it is read twice, once for how it is written. */
type ReadResult = () => AsyncIterable<Uint8Array>;

/** Finds the row of a result that has an id (`<scrub id>.<row>`); null where it is there no more. */
export async function findRow(
  read: ReadResult,
  id: string,
  settings: Pick<ScrubSettings, "phoneColumn" | "header">,
  region: string,
): Promise<ResultRow | null> {
  const plan = planResult(await readHead(read()), settings, region);
  const delimiter = String.fromCharCode(plan.dialect.delimiter);
  const ending = Buffer.from(`${delimiter}${id}`);
  const reader = makeRowReader(plan);
  for await (const chunk of read()) {
    const found = findIn(reader.read(chunk), ending, delimiter);
    if (found !== null) return found;
  }
  return findIn(reader.end(), ending, delimiter);
}

/** Reads a row as the file was read. A result has four more columns; a file of one column had only the first. */
function planResult(
  head: Uint8Array,
  { phoneColumn, header }: Pick<ScrubSettings, "phoneColumn" | "header">,
  region: string,
): PlannedFile {
  const isWhole = head.length < HEAD_BYTES;
  const read = fileHeadOf(head, isWhole);
  const names = header && "cells" in read ? read.cells : [];
  const isNamed = phoneColumn !== undefined || phoneColumnNamed(names) !== null;
  const column = isNamed ? phoneColumn : "1";
  return planFile(
    head,
    isWhole,
    { ...(column !== undefined && { phoneColumn: column }), header },
    region,
  );
}

function findIn(
  read: Iterable<NumberedRows | { header: unknown }>,
  ending: Buffer,
  delimiter: string,
): ResultRow | null {
  for (const some of read) {
    if ("header" in some) continue;
    const row = indexOfEnding(some, ending);
    if (row !== -1) return rowAt(some, row, delimiter);
  }
  return null;
}

function indexOfEnding({ rows: { bytes, end } }: NumberedRows, ending: Buffer): number {
  for (let row = 0; row < end.length; row++) {
    const at = end[row] ?? 0;
    if (at < ending.length || bytes[at - 1] !== ending.at(-1)) continue;
    if (ending.equals(bytes.subarray(at - ending.length, at))) return row;
  }
  return -1;
}

/** Columns of ours hold neither quotes nor delimiters, and stand last. */
function rowAt({ rows, digits }: NumberedRows, row: number, delimiter: string): ResultRow {
  const begin = row === 0 ? 0 : (rows.next[row - 1] ?? 0);
  const text = Buffer.from(rows.bytes.subarray(begin, rows.end[row])).toString("latin1");
  const [verdict, reasons = "", callableFrom = ""] = text.split(delimiter).slice(-4);
  const found = reasons.split(" ").flatMap((reason) => Reason.safeParse(reason).data ?? []);
  // A row of too few columns was filled up in the result, and holds no number all the same.
  const number = found.includes("number-invalid") ? 0 : (digits[row] ?? 0);
  return {
    phone: number === 0 ? null : phoneFromDigits(number),
    verdict: verdict === "allow" ? "allow" : "refuse",
    reasons: found,
    callableFrom: callableFrom === "" ? null : new Date(callableFrom),
  };
}
