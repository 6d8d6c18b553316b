import type { Dialect } from "@ringfence/core/people/number-file";
import type { ScrubSettings } from "@ringfence/core/calling/scrub";
import { readFileHead, findPhoneColumnByName } from "@ringfence/core/people/number-file";
import { ServiceError } from "../../../platform/errors.ts";

/** How the file is written, and where in it the numbers stand. */
export type FilePlan = {
  dialect: Dialect;
  /** The column of the phone, from 0. */
  column: number;
  /** How many columns a whole row has. */
  columns: number;
  hasHeader: boolean;
  /** ISO 3166-1, of a number without its country. */
  region: string;
};

export type PlannedFile = FilePlan & {
  /** Of the header; without one, none. */
  names: readonly string[];
};

/** Reads from the head of a file how it is written and where its numbers stand, or says what is wrong. */
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
  asked: string | undefined,
  names: readonly string[],
  columns: number,
): number {
  const wanted = asked?.trim().toLowerCase();
  const named =
    wanted === undefined
      ? findPhoneColumnByName(names)
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
