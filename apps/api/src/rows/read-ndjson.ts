import { brokenAt } from "../broken-at.ts";
import type { StreamRow } from "./row-parts.ts";

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
    const column = (brokenAt(text) ?? 0) + 1;
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
