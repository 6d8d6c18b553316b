import { addChange } from "../numbers/change-list.ts";
import { addNumber } from "../numbers/number-set.ts";
import {
  type Draft,
  type FileReader,
  type Line,
  parseDigits,
  createLineReader,
  reportFile,
} from "./file-reader.ts";

const SPACE = 0x20;
const [COMMA, ADDED, DELETED] = [0x2c, 0x41, 0x44];
/** Five for the dialing code and seven for the rest, or a number padded with spaces. */
const COLUMNS = 12;

/**
 * Creates a reader for files of the UK Telephone Preference Service and the Corporate one: a number per line in
 * twelve columns, `0207 3787244` or `02073787244 ` (by an old page for licensees). ASSUMED: an update file has
 * `,A` or `,D` after the columns; no description of it was found.
 */
export function createGbTpsReader(draft: Draft, file: string): FileReader {
  const compact = new Uint8Array(COLUMNS);
  const take = ({ bytes, length, number: line, isEnded }: Line) => {
    const change = findChangeMark(bytes, length);
    const columns = change === null ? length : length - 2;
    // If trailing spaces were trimmed, only a line end shows that the number is complete.
    if (columns > COLUMNS || (columns < COLUMNS && !isEnded && change === null)) return false;
    const digits = parseUkNumber(bytes, columns, compact);
    if (Number.isNaN(digits)) return false;

    const kind = change === null ? "full" : "change";
    draft.kind ??= kind;
    if (draft.kind !== kind) {
      reportFile(draft, { key: "registry.fault.mixed", values: { file, line } });
    } else if (change === null) addNumber(draft.numbers, digits);
    else addChange(draft.changes, digits, 0, change === ADDED);
    return true;
  };
  return createLineReader(draft, file, { take, fault: "registry.fault.no-gb-number" });
}

function findChangeMark(bytes: Uint8Array, length: number) {
  const act = bytes[length - 1];
  return bytes[length - 2] === COMMA && (act === ADDED || act === DELETED) ? act : null;
}

/** Parses ten or eleven digits with the trunk prefix 0, ignoring spaces, into E.164 digits. */
function parseUkNumber(bytes: Uint8Array, columns: number, compact: Uint8Array): number {
  let digits = 0;
  for (let at = 0; at < columns; at++) {
    const byte = bytes[at] ?? 0;
    if (byte !== SPACE) compact[digits++] = byte;
  }
  if ((digits !== 10 && digits !== 11) || compact[0] !== 0x30 || compact[1] === 0x30) return NaN;
  const national = parseDigits(compact, 1, digits);
  return digits === 10 ? 44 * 1e9 + national : 44 * 1e10 + national;
}
