import type { Message } from "../../../platform/message/index.ts";
import { type Draft, type FileReader, reportFile } from "./draft.ts";

/** JSON cannot be read piece by piece: an answer of an interface is never so long. */
const LONGEST_BYTES = 64 * 1024 ** 2;

/** Reads a file of JSON, and passes what it says on. `take` says what is wrong with it, if anything. */
export function readJson(
  draft: Draft,
  file: string,
  take: (said: unknown) => Message | null,
): FileReader {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const fault = (key: Message["key"]) => reportFile(draft, { key, values: { file } });
  return {
    push(bytes) {
      length += bytes.length;
      // Copied, for what is pushed is only lent.
      if (length <= LONGEST_BYTES) pieces.push(bytes.slice());
      else pieces.length = 0;
    },
    end() {
      if (length > LONGEST_BYTES) return fault("registry.fault.json-too-long");
      const said = parsed(pieces, length);
      if (said === undefined) return fault("registry.fault.json");
      const wrong = take(said);
      if (wrong) reportFile(draft, wrong);
    },
  };
}

function parsed(pieces: readonly Uint8Array[], length: number): unknown {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(whole));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}
