import { z } from "zod";
import type { Message } from "../../../platform/message/index.ts";
import { addNumber } from "../numbers/number-set.ts";
import {
  type Draft,
  type FileReader,
  type Line,
  decodeBeginning,
  createReaderByBeginning,
  parseDigits,
  createJsonReader,
  createLineReader,
  refuseFile,
} from "./file-reader.ts";

/** True for eight digits; the first one is the kind of line. */
const isSingaporeNumber = (digits: number) => /^[3689]\d{7}$/.test(String(digits));
const SINGAPORE = 6_500_000_000;

/** `R`: registered, so listed. `NR`: not registered. `no_text` and `no_fax` are other registers. */
const Answer = z.object({
  status_code: z.literal("S000"),
  numbers: z
    .array(
      z.object({
        number: z.string().regex(/^[3689]\d{7}$/),
        no_voice_call: z.enum(["R", "NR"]),
      }),
    )
    .min(1),
});

/**
 * Creates a reader for answers of the Singapore registry: the bulk result file `Filtered Numbers`, or the JSON of
 * the real-time service. Both say which numbers may be called; nothing is known of all others, so they count as
 * listed. ASSUMED: `Filtered Numbers` has the numbers that remain after those on the register were removed.
 */
export function createSgDncReader(draft: Draft, file: string): FileReader {
  draft.kind = "full";
  return createReaderByBeginning((head) => {
    if (decodeBeginning(head).startsWith("{")) {
      return createJsonReader(draft, file, (content) => applyAnswer(draft, file, content));
    }
    if (/filtered[ _-]?numbers/i.test(file)) {
      const take = (line: Line) => applyLine(draft, line);
      return createLineReader(draft, file, { take, fault: "registry.fault.no-sg-number" });
    }
    // Files that accompany a result and do not say who may be called.
    if (/summary|rejected|on[ _-]?behalf/i.test(file)) return { push() {}, end() {} };
    return refuseFile(draft, { key: "registry.fault.no-sg-result", values: { file } });
  });
}

function applyLine(draft: Draft, { bytes, length }: Line) {
  const digits = length === 8 ? parseDigits(bytes, 0, length) : NaN;
  if (!isSingaporeNumber(digits)) return false;
  addNumber(draft.numbers, SINGAPORE + digits);
  return true;
}

function applyAnswer(draft: Draft, file: string, content: unknown): Message | null {
  const read = Answer.safeParse(content);
  if (!read.success) return { key: "registry.fault.no-sg-answer", values: { file } };
  const { numbers } = read.data;
  draft.lines += numbers.length;
  // A number with contradictory answers counts as listed.
  const listed = new Set(
    numbers.flatMap(({ number, no_voice_call }) => (no_voice_call === "R" ? [number] : [])),
  );
  for (const { number } of numbers) {
    if (!listed.has(number)) addNumber(draft.numbers, SINGAPORE + Number(number));
  }
  return null;
}

/** +65 3, 6, 8 and 9: forty million numbers, which take five megabytes. */
export function* singaporeBlocks(): Generator<number> {
  for (const first of [3, 6, 8, 9]) {
    for (let index = 0; index < 1_000; index++) yield 650_000 + first * 1_000 + index;
  }
}
