import type { Message } from "@ringfence/core/platform/message";

/**
 * A row of a stream with its length in characters, or why it could not be read; `line` counts from
 * 1.
 */
export type StreamRow =
  | { line: number; row: unknown; length: number }
  | { line: number; fault: Message };

/**
 * Consecutive rows, the first of which is on `firstLine`. A row that could not be read is null, and
 * `faults` says why, by line.
 */
export type RowPart = { firstLine: number; rows: unknown[]; faults: Map<number, Message> };

const MAX_ROWS = 1_000;
const MAX_CHARACTERS = 1024 * 1024;

/** Groups rows, so that a stream of any length is recorded in parts and never held whole. */
export async function* gatherParts(rows: AsyncIterable<StreamRow>): AsyncGenerator<RowPart> {
  let part: RowPart | null = null;
  let characters = 0;
  for await (const row of rows) {
    const { line } = row;
    const isFull = part?.rows.length === MAX_ROWS || characters >= MAX_CHARACTERS;
    if (part !== null && (isFull || line !== part.firstLine + part.rows.length)) {
      yield part;
      part = null;
      characters = 0;
    }
    part ??= { firstLine: line, rows: [], faults: new Map() };
    if ("row" in row) characters += row.length;
    part.rows.push("row" in row ? row.row : null);
    if ("fault" in row) part.faults.set(line, row.fault);
  }
  if (part !== null) yield part;
}
