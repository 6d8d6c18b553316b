import { addNumber } from "../numbers/number-set.ts";
import {
  type Draft,
  type FileReader,
  type Line,
  digitsIn,
  isCutShort,
  readLines,
  reportFile,
} from "./file-reader.ts";

const [COMMA, BAR] = [0x2c, 0x7c];
const DIGITS = 10;
/** `2125550100,0105` */
const RANGE_BYTES = 15;

/**
 * Reads the daily files of US numbers that were ported from wireline to wireless service (iconectiv
 * PortData Comply, by public loaders): `2125550100,0105`, which is a range up to the line 0105, or a
 * number alone. It tells no day of the port: that a number was first seen in an edition does.
 *
 * The files of the other direction are known by their names. Their lines are wireline again, and list
 * nothing; a number that stands in both stays listed. Alone they say nothing of who is wireless.
 */
export function readUsPorted(draft: Draft, file: string): FileReader {
  const isWireless = !/wireless-to-wireline/i.test(file);
  if (isWireless) draft.kind = "full";
  const take = (line: Line) => {
    const range = rangeIn(line);
    if (range === null) return false;
    if (!isWireless) return true;
    for (let digits = range.first; digits <= range.last; digits++) addNumber(draft.numbers, digits);
    return true;
  };
  return readLines(draft, file, { take, fault: "registry.fault.no-ported-number" });
}

/** The numbers of a line, the last one too; null where it names none. */
function rangeIn(line: Line): { first: number; last: number } | null {
  if (isCutShort(line)) return null;
  const { bytes, length } = line;
  const first = digitsIn(bytes, 0, DIGITS);
  if (!(first >= 2_000_000_000) || (length !== DIGITS && length !== RANGE_BYTES)) return null;
  const separator = bytes[DIGITS];
  if (length === RANGE_BYTES && separator !== COMMA && separator !== BAR) return null;
  const lastLine = length === DIGITS ? first % 10_000 : digitsIn(bytes, DIGITS + 1, RANGE_BYTES);
  if (!(lastLine >= first % 10_000)) return null;
  const block = 10_000_000_000 + first - (first % 10_000);
  return { first: block + (first % 10_000), last: block + lastLine };
}

/** Of files of the other direction alone: after all of them. */
export function requireWireless(draft: Draft) {
  if (draft.kind === null && draft.lines > 0) {
    reportFile(draft, { key: "registry.fault.ported-away" });
  }
}
