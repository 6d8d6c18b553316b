import { addNumber } from "../numbers/number-set.ts";
import {
  type Draft,
  type FileReader,
  type Line,
  parseDigits,
  mayBeCutOff,
  createLineReader,
  reportFile,
} from "./file-reader.ts";

const [COMMA, BAR] = [0x2c, 0x7c];
const DIGITS = 10;
/** `2125550100,0105` */
const RANGE_BYTES = 15;

/**
 * Creates a reader for the daily files of US numbers that were ported from wireline to wireless service
 * (iconectiv PortData Comply, by public loaders): `2125550100,0105`, a range up to line 0105, or a single number.
 * The files have no port date: a number counts as ported since the first edition that lists it.
 *
 * Files of the other direction are recognized by their names. Their numbers are wireline again and list nothing.
 * A number in both files stays listed. Alone, these files do not say who is wireless.
 */
export function createUsPortedReader(draft: Draft, file: string): FileReader {
  const isWireless = !/wireless-to-wireline/i.test(file);
  if (isWireless) draft.kind = "full";
  const take = (line: Line) => {
    const range = parseRange(line);
    if (range === null) return false;
    if (!isWireless) return true;
    for (let digits = range.first; digits <= range.last; digits++) addNumber(draft.numbers, digits);
    return true;
  };
  return createLineReader(draft, file, { take, fault: "registry.fault.no-ported-number" });
}

/** Parses a line into its first and last number, both included; null if it is malformed. */
function parseRange(line: Line): { first: number; last: number } | null {
  if (mayBeCutOff(line)) return null;
  const { bytes, length } = line;
  const first = parseDigits(bytes, 0, DIGITS);
  if (!(first >= 2_000_000_000) || (length !== DIGITS && length !== RANGE_BYTES)) return null;
  const separator = bytes[DIGITS];
  if (length === RANGE_BYTES && separator !== COMMA && separator !== BAR) return null;
  const lastLine = length === DIGITS ? first % 10_000 : parseDigits(bytes, DIGITS + 1, RANGE_BYTES);
  if (!(lastLine >= first % 10_000)) return null;
  const block = 10_000_000_000 + first - (first % 10_000);
  return { first: block + (first % 10_000), last: block + lastLine };
}

/** Reports an edition with files of the other direction only. Call after all files. */
export function reportOnlyPortedAway(draft: Draft) {
  if (draft.kind === null && draft.lines > 0) {
    reportFile(draft, { key: "registry.fault.ported-away" });
  }
}
