import { z } from "zod";
import type { Message } from "../../../platform/message/index.ts";
import { addNumber } from "../numbers/number-set.ts";
import {
  type Draft,
  type FileReader,
  type Line,
  beginningOf,
  byBeginning,
  digitsIn,
  readJson,
  readLines,
  refuseFile,
} from "./file-reader.ts";

/** Eight digits, of which the first says what kind of line it is. */
const isNumber = (digits: number) => /^[3689]\d{7}$/.test(String(digits));
const SINGAPORE = 6_500_000_000;

/** `no_text` and `no_fax` are other registers. */
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
 * Reads what the Singapore registry answers about the numbers that it was asked about: the bulk
 * result file `Filtered Numbers`, or the JSON of the real-time service. Both name numbers that are
 * free to call; of all others nothing is known, so that they count as listed. That `Filtered Numbers`
 * holds the numbers that are left after those on the register were taken out is ASSUMED.
 */
export function readSgDnc(draft: Draft, file: string): FileReader {
  draft.kind = "full";
  return byBeginning((head) => {
    if (beginningOf(head).startsWith("{")) {
      return readJson(draft, file, (said) => takeAnswer(draft, file, said));
    }
    if (/filtered[ _-]?numbers/i.test(file)) {
      const take = (line: Line) => takeLine(draft, line);
      return readLines(draft, file, { take, fault: "registry.fault.no-sg-number" });
    }
    // What comes with a result, and says nothing of who may be called.
    if (/summary|rejected|on[ _-]?behalf/i.test(file)) return { push() {}, end() {} };
    return refuseFile(draft, { key: "registry.fault.no-sg-result", values: { file } });
  });
}

function takeLine(draft: Draft, { bytes, length }: Line) {
  const digits = length === 8 ? digitsIn(bytes, 0, length) : NaN;
  if (!isNumber(digits)) return false;
  addNumber(draft.numbers, SINGAPORE + digits);
  return true;
}

function takeAnswer(draft: Draft, file: string, said: unknown): Message | null {
  const read = Answer.safeParse(said);
  if (!read.success) return { key: "registry.fault.no-sg-answer", values: { file } };
  const { numbers } = read.data;
  draft.lines += numbers.length;
  // Of one that it says two things of, nobody is called.
  const listed = new Set(
    numbers.flatMap(({ number, no_voice_call }) => (no_voice_call === "R" ? [number] : [])),
  );
  for (const { number } of numbers) {
    if (!listed.has(number)) addNumber(draft.numbers, SINGAPORE + Number(number));
  }
  return null;
}

/** +65 3, 6, 8 and 9: forty million numbers, which take five megabytes. */
export function* blocksOfSingapore(): Generator<number> {
  for (const first of [3, 6, 8, 9]) {
    for (let index = 0; index < 1_000; index++) yield 650_000 + first * 1_000 + index;
  }
}
