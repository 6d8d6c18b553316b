import type { Message } from "@ringfence/core/message";

/** A row of a stream, or why it is none; `line` counts from 1. */
export type StreamRow = { line: number; row: unknown } | { line: number; fault: Message };

/**
 * Consecutive rows, of which the first stands on `firstLine`. One that could not be read is null, and
 * `faults` says why, by line.
 */
export type RowPart = { firstLine: number; rows: unknown[]; faults: Map<number, Message> };

const MAX_ROWS = 1_000;

/** Gathers rows, so that a stream of any length is recorded in parts and never held whole. */
export async function* partsOf(rows: AsyncIterable<StreamRow>): AsyncGenerator<RowPart> {
  let part: RowPart | null = null;
  for await (const row of rows) {
    const { line } = row;
    if (
      part !== null &&
      (line !== part.firstLine + part.rows.length || part.rows.length === MAX_ROWS)
    ) {
      yield part;
      part = null;
    }
    part ??= { firstLine: line, rows: [], faults: new Map() };
    part.rows.push("row" in row ? row.row : null);
    if ("fault" in row) part.faults.set(line, row.fault);
  }
  if (part !== null) yield part;
}
