import { createInterface } from "node:readline/promises";
import type { Locale } from "@ringfence/core/platform/message";
import { CannotStart } from "@ringfence/db/postgres";
import { type Flag, flags, type Given, questions, parseFounding } from "./founding.ts";

export type Terminal = { input: NodeJS.ReadableStream; output: NodeJS.WritableStream };

/** Returns what an empty answer means; undefined for questions that have no default. */
type SuggestAnswer = (flag: Flag, given: Given) => string | undefined;

/**
 * Asks for missing answers, and again for invalid ones. An empty answer takes the default.
 * @throws CannotStart when the terminal is closed before the end
 */
export async function askForMissing(
  terminal: Terminal,
  given: Given,
  suggestAnswer: SuggestAnswer,
  locale: Locale,
) {
  const lines = createInterface(terminal);
  const closed = new AbortController();
  lines.on("close", () => closed.abort());
  lines.on("SIGINT", () => lines.close());
  const answers = { ...given };
  try {
    for (const flag of flags) {
      while (answers[flag] === undefined) {
        const suggested = suggestAnswer(flag, answers);
        const shown = suggested === undefined ? "" : ` [${suggested}]`;
        const line = await lines.question(`${questions[flag].asks}${shown}: `, closed);
        const answer = line.trim() || suggested || "";
        const fault = findFault(flag, answer, locale);
        if (fault === undefined) answers[flag] = answer;
        else terminal.output.write(`${fault}\n`);
      }
    }
    return answers;
  } catch (error) {
    if (!closed.signal.aborted) throw error;
    throw new CannotStart("\nNothing was made.", { cause: error });
  } finally {
    lines.close();
  }
}

function findFault(flag: Flag, answer: string, locale: Locale) {
  const parsed = parseFounding({ [flag]: answer }, locale);
  return "faults" in parsed
    ? parsed.faults.find((fault) => fault.flag === flag)?.sentence
    : undefined;
}
