import {
  dialectOf,
  HEAD_BYTES,
  makeRowBatch,
  phoneColumnNamed,
  readRows,
  type ScrubSettings,
} from "@ringfence/core/scrub";
import { parse } from "csv-parse/sync";
import { ServiceError } from "../errors.ts";
import type { FilePlan } from "./numbered-rows.ts";

export type PlannedFile = FilePlan & {
  /** Of the header; without one, none. */
  names: readonly string[];
  /** How many columns a whole row has. */
  columns: number;
};

/** Reads from the head of a file how it is written and where its numbers stand, or says what is wrong. */
export function planFile(
  head: Uint8Array,
  isWhole: boolean,
  { phoneColumn, header }: Pick<ScrubSettings, "phoneColumn" | "header">,
  region: string,
): PlannedFile {
  const dialect = dialectOf(head, isWhole);
  const first = firstRow(head.subarray(dialect.start), isWhole, dialect.delimiter);
  const cells: string[] = parse(new TextDecoder(dialect.encoding).decode(first), {
    delimiter: String.fromCharCode(dialect.delimiter),
    relax_quotes: true,
  }).flat();
  const names = header ? cells : [];
  const column = columnOf(phoneColumn, names, cells.length);
  return { dialect, column, hasHeader: header, region, names, columns: cells.length };
}

function firstRow(bytes: Uint8Array, isWhole: boolean, delimiter: number): Uint8Array {
  const batch = makeRowBatch(1);
  readRows(bytes, 0, bytes.length, { delimiter, column: 0, isLast: isWhole }, batch);
  if (batch.count === 0) {
    throw new ServiceError("invalid", {
      key: isWhole ? "error.scrub-empty" : "error.scrub-row-endless",
      values: { bytes: HEAD_BYTES },
    });
  }
  return bytes.subarray(0, batch.end[0]);
}

function columnOf(asked: string | undefined, names: readonly string[], columns: number): number {
  const wanted = asked?.trim().toLowerCase();
  const named =
    wanted === undefined
      ? phoneColumnNamed(names)
      : names.findIndex((name) => name.trim().toLowerCase() === wanted);
  if (named !== null && named !== -1) return named;
  if (wanted === undefined && columns === 1) return 0;

  const numbered = /^\d+$/.test(wanted ?? "") ? Number(wanted) : 0;
  if (numbered >= 1 && numbered <= columns) return numbered - 1;
  throw new ServiceError(
    "invalid-field",
    {
      key: asked === undefined ? "error.scrub-column-missing" : "error.scrub-column-unknown",
      values: { column: asked ?? "", columns, names: names.join(", ") || "none" },
    },
    "/phoneColumn",
  );
}
