import {
  type Draft,
  type FileReader,
  type Line,
  createEntryReader,
  createLineReader,
} from "./file-reader.ts";
import { addChange } from "../numbers/change-list.ts";
import { isCalendarDay } from "../date-pattern.ts";

/**
 * Creates a reader for answers of the Reassigned Numbers Database, in the order of the file. It keeps at most
 * `limit` + 1 answers: one more shows that a file answers more than was asked.
 */
export const createReassignedAnswerReader = (file: string, limit: number) =>
  createEntryReader(file, { parse: parseRndAnswer, fault: "registry.fault.no-rnd-answer", limit });

/** Formats a line of a query about a `+1` number: ten digits and a day. ASSUMED: no header. */
export const formatRndQuestion = (phone: string, day: string) => `${phone.slice(2)},${day}\n`;

const decoder = new TextDecoder("latin1");
const answerPattern = /^(?<number>[2-9]\d{9}),(?<date>[\d/-]{6,10}),(?<answer>yes|no|no data)$/;

/** An answer about a number and the day since which it was asked about. */
export type RndAnswer = {
  /** E.164 digits without the plus. */
  digits: number;
  /** `2025-03-14` */
  day: string;
  answer: "yes" | "no" | "no_data";
};

/**
 * Parses a line of the FCC Reassigned Numbers Database: `2125550101,2024-11-02,yes` means that the number was
 * permanently disconnected on that day or later. Null for anything else. The order of the columns, without a
 * header, is ASSUMED: no description was found.
 */
function parseRndAnswer({ bytes, length, isEnded }: Line): RndAnswer | null {
  const cells = answerPattern.exec(decoder.decode(bytes.subarray(0, length)))?.groups;
  const day = parseRndDay(cells?.date ?? "");
  if (!cells || day === null) return null;
  // `no` may be a truncated `no data`.
  if (cells.answer === "no" && !isEnded) return null;
  const answer = cells.answer === "yes" || cells.answer === "no" ? cells.answer : "no_data";
  return { digits: 10_000_000_000 + Number(cells.number), day, answer };
}

/**
 * Creates a reader that turns answers of the database into a change list: `yes` adds a number, `no` and `no data`
 * remove it. Only `no` gives the safe harbor (47 CFR 64.1200(m)). No new registry can be connected in this way
 * (`connectableFormKeys`).
 */
export function createUsRndReader(draft: Draft, file: string): FileReader {
  draft.kind = "change";
  const take = (line: Line) => {
    const parsed = parseRndAnswer(line);
    if (parsed === null) return false;
    addChange(draft.changes, parsed.digits, 0, parsed.answer === "yes");
    return true;
  };
  return createLineReader(draft, file, { take, fault: "registry.fault.no-rnd-answer" });
}

/** Parses a day in one of the five forms that the database accepts into `2026-08-05`; null for any other. */
function parseRndDay(text: string): string | null {
  const [, month, day, year] = /^(\d\d?)\/(\d\d?)\/(\d\d|\d{4})$/.exec(text) ?? [];
  const iso =
    year === undefined
      ? text
      : [year.padStart(4, "20"), month?.padStart(2, "0"), day?.padStart(2, "0")].join("-");
  return /^\d{4}-\d\d-\d\d$/.test(iso) && isCalendarDay(iso) ? iso : null;
}
