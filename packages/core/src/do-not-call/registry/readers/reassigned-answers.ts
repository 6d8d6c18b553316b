import type { Message } from "../../../platform/message/index.ts";
import { byBeginning, isWebPage, refuseFile } from "./by-beginning.ts";
import { emptyDraft, type FileReader } from "./draft.ts";
import { readLines } from "./read-lines.ts";
import { type RndAnswer, rndAnswerIn } from "./us-rnd.ts";

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
