import { brokenAt } from "../broken-at.ts";
import { ProblemError } from "../problem.ts";
import type { StreamRow } from "./row-parts.ts";

/** What a line may hold; a stream without line ends is not kept whole to find that out. */
export const MAX_LINE = 64 * 1024;

/** The rows of newline-delimited JSON: one value a line. Blank lines count, and hold no row. */
export async function* readNdjson(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<StreamRow> {
  let line = 0;
  for await (const text of linesOf(bytes)) {
    line++;
    if (text.trim() === "") continue;
    yield { line, ...parse(text) };
  }
}

function parse(text: string) {
  try {
    return { row: JSON.parse(text) as unknown };
  } catch {
    const column = (brokenAt(text) ?? 0) + 1;
    return { fault: { key: "error.line-not-json", values: { column } } } as const;
  }
}

async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder(); // drops a byte order mark
  let rest = "";
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > MAX_LINE) throw lineTooLong();
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== "") yield rest;
}

const lineTooLong = () =>
  new ProblemError("too-large", {
    key: "error.line-too-long",
    values: { kibibytes: MAX_LINE / 1024 },
  });
