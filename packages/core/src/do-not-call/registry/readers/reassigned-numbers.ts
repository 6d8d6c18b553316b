import type { Message } from "../../../platform/message/index.ts";
import {
  type Draft,
  type FileReader,
  type Line,
  byBeginning,
  emptyDraft,
  isWebPage,
  readLines,
  refuseFile,
} from "./file-reader.ts";
import { addChange } from "../numbers/change-list.ts";
import { isDay } from "../date-pattern.ts";

/** All answers of a file, or the first of what is wrong with it: then nothing of it is used. */
export type ReadAnswers =
  | { outcome: "read"; answers: readonly RndAnswer[] }
  | { outcome: "refused"; faults: readonly Message[] };

/**
 * Reads what a database of reassigned numbers answered, in the order of the file: at most `limit` lines
 * are kept, and one more, by which a file is known that answers more than was asked.
 */
export function readReassignedAnswers(
  file: string,
  limit: number,
): FileReader & { close: () => ReadAnswers } {
  const draft = emptyDraft();
  const answers: RndAnswer[] = [];
  const lines = byBeginning((head) =>
    isWebPage(head)
      ? refuseFile(draft, { key: "registry.fault.web-page", values: { file } })
      : readLines(draft, file, {
          fault: "registry.fault.no-rnd-answer",
          take(line) {
            const answer = rndAnswerIn(line);
            if (answer !== null && answers.length <= limit) answers.push(answer);
            return answer !== null;
          },
        }),
  );
  return {
    ...lines,
    close() {
      const { faults } = draft;
      return faults.length > 0 ? { outcome: "refused", faults } : { outcome: "read", answers };
    },
  };
}

/** A line of a query: ten digits and a day. That it stands so, without a header, is ASSUMED. */
export const rndQuestion = (phone: string, day: string) => `${phone.slice(2)},${day}\n`;

const decoder = new TextDecoder("latin1");
const shape = /^(?<number>[2-9]\d{9}),(?<date>[\d/-]{6,10}),(?<answer>yes|no|no data)$/;

/** What the database said of a number that was asked about since a day. */
export type RndAnswer = {
  /** As E.164 writes it, without the plus. */
  digits: number;
  /** `2025-03-14` */
  day: string;
  answer: "yes" | "no" | "no_data";
};

/**
 * A line of an answer of the FCC Reassigned Numbers Database: by `2125550101,2024-11-02,yes` a number was
 * permanently disconnected on that day or later. Null where it is none. That the columns stand so, without
 * a header, is ASSUMED: no description was found.
 */
function rndAnswerIn({ bytes, length, isEnded }: Line): RndAnswer | null {
  const said = shape.exec(decoder.decode(bytes.subarray(0, length)))?.groups;
  const day = readRndDay(said?.date ?? "");
  if (!said || day === null) return null;
  // `no` may be what is left of `no data`.
  if (said.answer === "no" && !isEnded) return null;
  const answer = said.answer === "yes" || said.answer === "no" ? said.answer : "no_data";
  return { digits: 10_000_000_000 + Number(said.number), day, answer };
}

/**
 * Reads such answers as a list, which holds the numbers of which it said `yes`: `no` and `no data` take
 * them off, say nothing of others, and only `no` gives the safe harbor (47 CFR 64.1200(m)).
 */
export function readUsRnd(draft: Draft, file: string): FileReader {
  draft.kind = "change";
  const take = (line: Line) => {
    const said = rndAnswerIn(line);
    if (said === null) return false;
    addChange(draft.changes, said.digits, 0, said.answer === "yes");
    return true;
  };
  return readLines(draft, file, { take, fault: "registry.fault.no-rnd-answer" });
}

/** A day in one of the five forms that the database takes, as in `2026-08-05`; null in another. */
function readRndDay(text: string): string | null {
  const [, month, day, year] = /^(\d\d?)\/(\d\d?)\/(\d\d|\d{4})$/.exec(text) ?? [];
  const iso =
    year === undefined
      ? text
      : [year.padStart(4, "20"), month?.padStart(2, "0"), day?.padStart(2, "0")].join("-");
  return /^\d{4}-\d\d-\d\d$/.test(iso) && isDay(iso) ? iso : null;
}
