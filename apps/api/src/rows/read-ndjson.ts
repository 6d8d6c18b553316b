import type { Message } from "@ringfence/core/platform/message";
import { findJsonFault } from "../parse-json.ts";

/** Longest line, in UTF-16 units. Keeps a stream without line ends from filling memory. */
export const MAX_LINE = 64 * 1024;

const tooLong = { key: "error.line-too-long", values: { kibibytes: MAX_LINE / 1024 } } as const;

/**
 * Yields the rows of newline-delimited JSON, one value per line. Blank lines count as lines but
 * hold no row.
 */
export async function* readNdjson(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<StreamRow> {
  let line = 0;
  for await (const text of splitLines(bytes)) {
    line++;
    if (text === null) yield { line, fault: tooLong };
    else if (text.trim() !== "") yield { line, ...parse(text) };
  }
}

function parse(text: string) {
  try {
    return { row: JSON.parse(text) as unknown, length: text.length };
  } catch {
    const column = (findJsonFault(text) ?? 0) + 1;
    return { fault: { key: "error.line-not-json", values: { column } } } as const;
  }
}

/** Yields lines; null for one that is too long, without keeping the rest of it. */
async function* splitLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string | null> {
  const decoder = new TextDecoder(); // drops a byte order mark
  let rest = "";
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = (lines.pop() ?? "").slice(0, MAX_LINE + 1);
    yield* lines.map(withinLimit);
  }
  rest += decoder.decode();
  if (rest !== "") yield withinLimit(rest);
}

const withinLimit = (text: string) => (text.length > MAX_LINE ? null : text);

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
