import type { Dialect } from "@ringfence/core/people/number-file";
import type { ScrubSettings } from "@ringfence/core/calling/scrub";
import { readFileHead, findPhoneColumnByName } from "@ringfence/core/people/number-file";
import { ServiceError } from "../../../platform/internal.ts";

/** The format of a file, and the column of its numbers. */
export type FilePlan = {
  dialect: Dialect;
  /** The column of the phone, from 0. */
  column: number;
  /** Number of columns of a complete row. */
  columns: number;
  hasHeader: boolean;
  /** ISO 3166-1 country of numbers written without a country code. */
  region: string;
};

export type PlannedFile = FilePlan & {
  /** Names of the columns; empty without a header. */
  names: readonly string[];
};

/**
 * Finds from the head of a file how it is written and in which column its numbers stand. `isWhole` means that the head
 * is the whole file. Throws `invalid`, or `invalid-field` for the column, if it cannot tell.
 */
export function planFile(
  head: Uint8Array,
  isWhole: boolean,
  { phoneColumn, header }: Pick<ScrubSettings, "phoneColumn" | "header">,
  region: string,
): PlannedFile {
  const read = readFileHead(head, isWhole);
  if ("fault" in read) throw new ServiceError("invalid", read.fault);
  const { dialect, cells } = read;
  const names = header ? cells : [];
  const column = findPhoneColumn(phoneColumn, names, cells.length);
  return { dialect, column, hasHeader: header, region, names, columns: cells.length };
}

function findPhoneColumn(
  requested: string | undefined,
  names: readonly string[],
  columns: number,
): number {
  const wanted = requested?.trim().toLowerCase();
  const named =
    wanted === undefined
      ? findPhoneColumnByName(names)
      : names.findIndex((name) => name.trim().toLowerCase() === wanted);
  if (named !== null && named !== -1) return named;
  if (wanted === undefined && columns === 1) return 0;

  const numbered = /^\d+$/.test(wanted ?? "") ? Number(wanted) : 0;
  if (numbered >= 1 && numbered <= columns) return numbered - 1;
  const known = { columns, names: names.join(", ") || "none" };
  throw new ServiceError(
    "invalid-field",
    requested === undefined
      ? { key: "error.scrub-column-missing", values: known }
      : { key: "error.scrub-column-unknown", values: { column: requested, ...known } },
    "/phoneColumn",
  );
}
