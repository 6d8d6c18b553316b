import { createInterface } from "node:readline/promises";
import type { Locale } from "@ringfence/core/platform/message";
import { CannotStart } from "@ringfence/db/postgres";
import { type Flag, flags, type Given, questions, readFounding } from "./founding.ts";

export type Terminal = { input: NodeJS.ReadableStream; output: NodeJS.WritableStream };

/** Returns the default for an empty answer; most questions have none. */
type Usual = (flag: Flag, given: Given) => string | undefined;

/**
 * Asks for missing answers, and again for invalid ones. An empty answer takes the default.
 * @throws CannotStart when the terminal is closed before the end
 */
export async function ask(terminal: Terminal, given: Given, usual: Usual, locale: Locale) {
  const lines = createInterface(terminal);
  const gone = new AbortController();
  lines.on("close", () => gone.abort());
  lines.on("SIGINT", () => lines.close());
  const answers = { ...given };
  try {
    for (const flag of flags) {
      while (answers[flag] === undefined) {
        const otherwise = usual(flag, answers);
        const shown = otherwise === undefined ? "" : ` [${otherwise}]`;
        const line = await lines.question(`${questions[flag].asks}${shown}: `, gone);
        const answer = line.trim() || otherwise || "";
        const fault = findFault(flag, answer, locale);
        if (fault === undefined) answers[flag] = answer;
        else terminal.output.write(`${fault}\n`);
      }
    }
    return answers;
  } catch (error) {
    if (!gone.signal.aborted) throw error;
    throw new CannotStart("\nNothing was made.", { cause: error });
  } finally {
    lines.close();
  }
}

function findFault(flag: Flag, answer: string, locale: Locale) {
  const read = readFounding({ [flag]: answer }, locale);
  return "faults" in read ? read.faults.find((fault) => fault.flag === flag)?.sentence : undefined;
}
