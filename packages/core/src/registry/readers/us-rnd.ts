import { addChange } from "../change-list.ts";
import type { Draft, FileReader } from "./draft.ts";
import { isDay } from "./is-day.ts";
import { type Line, readLines } from "./read-lines.ts";

const decoder = new TextDecoder("latin1");
const shape = /^(?<number>[2-9]\d{9}),(?<date>[\d/-]{6,10}),(?<answer>yes|no|no data)$/;

/**
 * Reads answers of the FCC Reassigned Numbers Database: `2125550101,2024-11-02,yes` lists a number
 * that was permanently disconnected after the day. `no` and `no data` take it off, say nothing of others, and only `no` gives
 * the safe harbor (47 CFR 64.1200(m)). That the columns stand so, without a header, is ASSUMED: no
 * description was found.
 */
export function readUsRnd(draft: Draft, file: string): FileReader {
  draft.kind = "change";
  const take = ({ bytes, length, isEnded }: Line) => {
    const said = shape.exec(decoder.decode(bytes.subarray(0, length)))?.groups;
    if (!said || readRndDay(said.date ?? "") === null) return false;
    // `no` may be what is left of `no data`.
    if (said.answer === "no" && !isEnded) return false;
    const digits = 10_000_000_000 + Number(said.number);
    addChange(draft.changes, digits, 0, said.answer === "yes");
    return true;
  };
  return readLines(draft, file, { take, fault: "registry.fault.no-rnd-answer" });
}

/** A day in one of the five forms that the database takes, as in `2026-08-05`; null in another. */
export function readRndDay(text: string): string | null {
  const [, month, day, year] = /^(\d\d?)\/(\d\d?)\/(\d\d|\d{4})$/.exec(text) ?? [];
  const iso =
    year === undefined
      ? text
      : [year.padStart(4, "20"), month?.padStart(2, "0"), day?.padStart(2, "0")].join("-");
  return /^\d{4}-\d\d-\d\d$/.test(iso) && isDay(iso) ? iso : null;
}
