// Hashing is deterministic.
// oxlint-disable-next-line house/no-ambient-input
import { createHash } from "node:crypto";
import {
  type RowBatch,
  type Rows,
  createRowBatch,
  readRows,
  copyRows,
} from "@ringfence/core/people/number-file";
import type { FilePlan, PlannedFile } from "./plan-file.ts";
import { resultColumnNames } from "./result-writer.ts";
import { lookUpPlanIndex, readPhone, readPhoneBytes, toDigits } from "@ringfence/core/people/phone";
import { ServiceError } from "../../../platform/internal.ts";

/** The header as written to the result, and the bytes that it took in the file. */
export type FileHeader = { written: Uint8Array<ArrayBuffer>; bytes: number };

/**
 * Creates a reader that finds the rows of a file and their numbers, and hashes the file as it came. Call `end` once
 * after the last bytes, and `hash` once after that.
 */
export function createFileReader(plan: PlannedFile) {
  const input = createHash("sha256");
  const reader = createRowReader(plan);

  function* withHeader(read: ReturnType<typeof reader.end>): Generator<NumberedRows | FileHeader> {
    for (const rows of read) {
      if ("header" in rows) {
        yield { written: toResultHeader(rows.header, plan), bytes: rows.header.bytes.length };
      } else yield rows;
    }
  }

  return {
    read(content: Uint8Array) {
      input.update(content);
      return withHeader(reader.read(content));
    },
    end: () => withHeader(reader.end()),
    hash: () => new Uint8Array(input.digest()),
  };
}

/** Returns the header as it came, with its byte order mark, and the names of the added columns. */
function toResultHeader({ bytes, end }: Rows, { dialect, names }: PlannedFile) {
  const at = end[0] ?? 0;
  const added = ["", ...resultColumnNames(names)].join(String.fromCharCode(dialect.delimiter));
  return new Uint8Array(
    Buffer.concat([bytes.subarray(0, at), Buffer.from(added), bytes.subarray(at)]),
  );
}

/** The next rows of a file, and the numbers in them. */
export type NumberedRows = {
  rows: Rows;
  /** The digits of the number in each row; 0 if it has none. */
  digits: Float64Array<ArrayBuffer>;
  /** The index of each number's plan, as `lookUpPlanIndex` returns it. */
  plans: Int32Array<ArrayBuffer>;
  /** Number of the first row, from 1. */
  first: number;
};

type RowReader = {
  /** Yields the rows that end within the bytes read so far. */
  read: (content: Uint8Array) => Generator<NumberedRows | { header: Rows }>;
  /** Yields the last rows. */
  end: () => Generator<NumberedRows | { header: Rows }>;
};

/** Bytes worked on at once: they fit the processor's cache. */
const workBytes = 256 * 1_024;
/** The longest row. A longer one means that a quote was opened and never closed. */
const maxRowBytes = 8 * 1_024 * 1_024;
const batchRows = 16_384;

/**
 * Creates a reader of rows and their numbers. A byte order mark stays before the first row. Throws `invalid` if a row
 * is longer than `maxRowBytes` or does not end with the file, because a quote was opened and never closed.
 */
export function createRowReader(plan: FilePlan): RowReader {
  const batch = createRowBatch(batchRows);
  let bytes = Buffer.alloc(2 * workBytes);
  let filled = 0;
  let mark = plan.dialect.start;
  let isHeader = plan.hasHeader;
  /** Rows read so far, without the header. */
  let rows = 0;

  function* rowsUpTo(isLast: boolean) {
    let from = mark;
    const options = { ...plan.dialect, column: plan.column, isLast };
    for (;;) {
      const to = readRows(bytes, from, filled, options, batch);
      if (batch.count === 0) break;
      if (mark > 0) batch.start[0] = 0;
      mark = 0;
      const begin = isHeader ? 1 : 0;
      if (isHeader) yield { header: copyRows(bytes, batch, 0, 1) };
      isHeader = false;
      if (batch.count > begin) {
        const digits = readNumbers(bytes, batch, begin, plan);
        const plans = new Int32Array(digits.length);
        // `Int32Array.from` would take as long again as the look-ups.
        for (let row = 0; row < plans.length; row++) plans[row] = lookUpPlanIndex(digits[row] ?? 0);
        const first = rows + 1;
        // Before the rows are given away: whoever takes them may move their memory.
        rows += digits.length;
        yield { rows: copyRows(bytes, batch, begin, batch.count), digits, plans, first };
      }
      from = to;
    }
    const done = mark > 0 ? 0 : from; // without a whole row, the mark is still to come
    bytes.copyWithin(0, done, filled);
    filled -= done;
    const next = (plan.hasHeader && !isHeader ? 2 : 1) + rows;
    if (filled > maxRowBytes) throw rowTooLongError(next);
    if (isLast && filled > 0) throw quoteOpenError(next);
  }

  const add = (content: Uint8Array) => {
    if (filled + content.length > bytes.length) {
      bytes = Buffer.concat([bytes.subarray(0, filled)], (filled + content.length) * 2);
    }
    bytes.set(content, filled);
    filled += content.length;
  };

  return {
    *read(content) {
      for (let from = 0; from < content.length; from += workBytes) {
        add(content.subarray(from, from + workBytes));
        if (filled >= workBytes) yield* rowsUpTo(false);
      }
    },
    end: () => rowsUpTo(true),
  };
}

const rowTooLongError = (row: number) =>
  new ServiceError("invalid", {
    key: "error.scrub-row-endless",
    values: { row, bytes: maxRowBytes },
  });
const quoteOpenError = (row: number) =>
  new ServiceError("invalid", { key: "error.scrub-quote-open", values: { row } });

/**
 * Reads the number in each row. A row with more or fewer columns than the first has none: columns may be missing
 * anywhere, so its number may be somebody else's.
 */
function readNumbers(
  bytes: Buffer,
  batch: RowBatch,
  from: number,
  { dialect, region, columns }: FilePlan,
) {
  const readNumber = dialect.encoding === "utf-8" ? readPhoneBytes : readWindows1251Phone;
  const digits = new Float64Array(batch.count - from);
  for (let row = from; row < batch.count; row++) {
    const [start, end] = [batch.fieldStart[row] ?? -1, batch.fieldEnd[row] ?? -1];
    if (batch.columns[row] === columns) digits[row - from] = readNumber(bytes, start, end, region);
  }
  return digits;
}

const windows1251 = new TextDecoder("windows-1251");

/** Reads a phone in Windows-1251. Digits are the same bytes in every encoding; spaces and dashes may differ. */
function readWindows1251Phone(
  bytes: Uint8Array,
  start: number,
  end: number,
  region: string,
): number {
  let isAscii = true;
  for (let at = start; at < end && isAscii; at++) isAscii = (bytes[at] ?? 0) < 0x80;
  if (isAscii) return readPhoneBytes(bytes, start, end, region);
  const reading = readPhone(windows1251.decode(bytes.subarray(start, end)), region);
  return "phone" in reading ? toDigits(reading.phone) : 0;
}
