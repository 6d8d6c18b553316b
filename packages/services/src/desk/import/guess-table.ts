import {
  type Delimiter,
  type Encoding,
  guessDelimiter,
  guessMapping,
  type ImportKind,
  type Mapping,
} from "@ringfence/core/desk/import";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { readHead } from "../../platform/files/index.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { readTable } from "./read-table.ts";

/** Rows by which the rest is guessed. */
const ROWS_SEEN = 100;

/** What is known of a file beside its text; the delimiter, where a person said it. */
type Known = { kind: ImportKind; encoding: Encoding; delimiter?: Delimiter | undefined };

/** How a file seems to be meant, by its first rows and by where the organization is. */
export const guessTable = async (
  ctx: TransactionContext,
  { kind, encoding, delimiter: told }: Known,
  open: () => AsyncIterable<Uint8Array>,
): Promise<Mapping> => {
  const head = new TextDecoder(encoding).decode(await readHead(open()));
  const delimiter = told ?? guessDelimiter(head);
  const rows: string[][] = [];
  for await (const { cells } of readTable(open(), { encoding, delimiter })) {
    rows.push(cells);
    if (rows.length === ROWS_SEEN) break;
  }
  if (rows.length === 0) throw new ServiceError("invalid", { key: "import.empty" }, "/file");
  const { homeRegion, zone, locale } = await organizationOf(ctx);
  return guessMapping(kind, { encoding, delimiter }, rows, { region: homeRegion, zone, locale });
};
