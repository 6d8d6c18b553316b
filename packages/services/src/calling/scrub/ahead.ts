import type { NumberedRows } from "./row-reader.ts";

/** As many stretches of rows may be screened, or be so now, and not be taken yet. */
const maxOpen = 16;

/** Of a row, beside its bytes: its places in these, its number and the place of that's plan. */
const BYTES_PER_ROW = 3 * 4 + 8 + 4;

/** What was read of a file and is not screened yet. */
export function makeAhead() {
  const waiting: NumberedRows[] = [];
  let [heldBytes, rows, open] = [0, 0, 0];

  const hasNext = () => waiting.length > 0 && open < maxOpen;
  return {
    add(some: NumberedRows) {
      waiting.push(some);
      heldBytes += bytesOf(some);
      rows += some.digits.length;
    },
    hasNext,
    next(): NumberedRows | null {
      const some = hasNext() ? waiting.shift() : undefined;
      if (some === undefined) return null;
      heldBytes -= bytesOf(some);
      open++;
      return some;
    },
    /** One of those that were given was screened and taken. */
    taken: () => void open--,
    /** How much memory it takes. */
    heldBytes: () => heldBytes,
    /** How many rows were ever added. */
    rows: () => rows,
  };
}

const bytesOf = ({ rows, digits }: NumberedRows) =>
  rows.bytes.length + digits.length * BYTES_PER_ROW;
