import { z } from "zod";
import { RegistryId, RegistryQuestionId } from "../../platform/ids.ts";
import type { Message } from "../../platform/message/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { readPhone, toDigits } from "../../people/phone/index.ts";

/*
 * Answers of a list's operator that an officer brings: for lists without a known file format, whose operator looks
 * numbers up for its customers. An officer takes a question (a file of numbers) to the operator and attests the
 * answer; a second officer accepts it. From then on it ages like an edition.
 */

/** Most numbers of one question. Its answer is entered by hand. */
export const MAX_QUESTION_NUMBERS = 20_000;

/** An operator's answer, as an officer attests it. */
export const AttestAnswer = z.strictObject({
  registryId: RegistryId,
  questionId: RegistryQuestionId,
  /** Day of the answer, by the operator's calendar. */
  day: z.iso.date(),
  /** Count of the numbers that the operator looked up, and the SHA-256 of the file that it was given. */
  numbers: z.int().positive(),
  sha256: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[0-9a-f]{64}$/),
  /** Count of those that are listed. */
  listed: z.int().nonnegative(),
  /** The listed numbers, one a line. */
  listedNumbers: storableText(400_000),
  /** The office that answered, and a reference such as that of its letter. */
  operator: storableText(500).min(10),
});
export type AttestAnswer = z.infer<typeof AttestAnswer>;

/** The second officer's decision on an attested answer. */
export const ReviewAnswer = z.strictObject({
  registryId: RegistryId,
  questionId: RegistryQuestionId,
  verdict: z.enum(["accepted", "rejected"]),
  reason: z.string().trim().min(1).max(500),
});
export type ReviewAnswer = z.infer<typeof ReviewAnswer>;

/** The numbers that were brought to the operator. */
export type RegistryQuestion = {
  /** The numbers that have not been erased since, as digits in ascending order. */
  digits: readonly number[];
  /** Count of the numbers, and the SHA-256 of their file. */
  numbers: number;
  sha256: string;
  /** Day on which they were taken out, by the calendar where a day ends last (UTC-12). */
  askedOn: string;
};

/**
 * Writes the file that is taken to the operator: one number per line. Pass them in ascending order: the hash depends on
 * it.
 */
export const toQuestionFile = (digits: readonly number[]): string =>
  digits.map((one) => `+${one}\n`).join("");

/**
 * Reads the listed numbers of an answer, or says what is wrong with it: it is about other numbers, of a day before the
 * question or after today, or its numbers do not add up. `latestDay` is the latest calendar day anywhere now.
 */
export function readAttestedAnswer(
  { digits, numbers, sha256, askedOn }: RegistryQuestion,
  answer: Pick<AttestAnswer, "day" | "numbers" | "sha256" | "listed" | "listedNumbers">,
  { latestDay, region }: { latestDay: string; region: string },
): { listed: number[] } | { fault: Message } {
  if (answer.sha256 !== sha256 || answer.numbers !== numbers) {
    return { fault: { key: "registry.answer.other-numbers", values: { numbers } } };
  }
  if (answer.day < askedOn || answer.day > latestDay) {
    return { fault: { key: "registry.answer.day", values: { after: askedOn } } };
  }
  const asked = new Set(digits);
  const listed = new Set<number>();
  for (const [index, text] of answer.listedNumbers.split(/\r?\n/).entries()) {
    if (text.trim() === "") continue;
    const read = readPhone(text, region);
    const found = "fault" in read ? 0 : toDigits(read.phone);
    if (!asked.has(found)) {
      return { fault: { key: "registry.answer.line", values: { line: index + 1 } } };
    }
    listed.add(found);
  }
  if (listed.size !== answer.listed) {
    const values = { listed: answer.listed, found: listed.size };
    return { fault: { key: "registry.answer.count", values } };
  }
  return { listed: [...listed] };
}

/** Finds the instant at which a day begins in the earliest time zone (UTC+14). No answer of that day is older. */
export const findEarliestDayStart = (day: string): Date =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 14 * 3_600_000);
