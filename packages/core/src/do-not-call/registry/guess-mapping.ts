import { detectDialect, previewFile } from "../../people/number-file/index.ts";
import { CsvMapping } from "./format.ts";

/**
 * How a table of numbers probably is to be understood, from the first bytes of one of its files; null
 * when they hold no row. `region` (ISO 3166-1) is that of numbers without their country.
 */
export function guessMapping(
  head: Uint8Array,
  isWhole: boolean,
  region: string,
): CsvMapping | null {
  const { encoding, delimiter } = detectDialect(head, isWhole);
  const shown = previewFile(head, isWhole, { region });
  if ("fault" in shown) return null;
  const { hasHeader, names, phoneColumn } = shown;
  const column = phoneColumn ?? 0;
  return CsvMapping.parse({
    kind: "snapshot",
    encoding,
    delimiter: String.fromCharCode(delimiter),
    hasHeader,
    phoneColumns: [names[column] || column + 1],
    region,
  });
}
