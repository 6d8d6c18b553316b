import { addNumber } from "../number-set.ts";
import type { Draft, FileReader } from "./draft.ts";
import { refuseFile } from "./by-beginning.ts";
import { digitsIn, isCutShort, type Line, readLines } from "./read-lines.ts";

const [COMMA, BAR] = [0x2c, 0x7c];
const DIGITS = 10;
/** `2125550100,0105` */
const RANGE_BYTES = 15;

/**
 * Reads the daily file of US numbers that were ported from wireline to wireless service (iconectiv
 * PortData Comply, by public loaders): `2125550100,0105`, which is a range up to the line 0105, or a
 * number alone. It tells no day of the port: that a number was first seen in an edition does.
 * The file of the other direction, by its name, is refused: its numbers are no mobile ones any more.
 */
export function readUsPorted(draft: Draft, file: string): FileReader {
  draft.kind = "full";
  if (/wireless-to-wireline/i.test(file)) {
    return refuseFile(draft, { key: "registry.fault.ported-away", values: { file } });
  }
  const take = (line: Line) => {
    if (isCutShort(line)) return false;
    const { bytes, length } = line;
    const first = digitsIn(bytes, 0, DIGITS);
    if (!(first >= 2_000_000_000) || (length !== DIGITS && length !== RANGE_BYTES)) return false;
    const separator = bytes[DIGITS];
    if (length === RANGE_BYTES && separator !== COMMA && separator !== BAR) return false;
    const lastLine = length === DIGITS ? first % 10_000 : digitsIn(bytes, DIGITS + 1, RANGE_BYTES);
    if (!(lastLine >= first % 10_000)) return false;

    const last = first - (first % 10_000) + lastLine;
    for (let digits = first; digits <= last; digits++) {
      addNumber(draft.numbers, 10_000_000_000 + digits);
    }
    return true;
  };
  return readLines(draft, file, { take, fault: "registry.fault.no-ported-number" });
}
