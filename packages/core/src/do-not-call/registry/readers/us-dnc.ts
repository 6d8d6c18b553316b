import type { Message } from "../../../platform/message/index.ts";
import { areaOf, placeOf } from "../blocks.ts";
import { addChange } from "../change-list.ts";
import { dateFullList, readDncName } from "./dnc-name.ts";
import { addNumber } from "../number-set.ts";
import { type Draft, type FileReader, reportFile, reportLine } from "./draft.ts";
import { readFullRun, startOfFile } from "./us-full-run.ts";
import { readUsLine } from "./us-line.ts";

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const LONGEST_LINE = 64;

/**
 * Reads a flat file of the US National Do Not Call Registry, or of the Canadian one: a full list
 * (`818,5550100` a line, in the US one area code a file) or a change list
 * (`8185550199,2022-12-07T02:20:18,A`). Anything else in it is a fault: a file that we only half
 * understand would let calls through.
 */
export function readUsDnc(draft: Draft, file: string): FileReader {
  const named = readDncName(file);
  const cursor = startOfFile();
  const cut = new Uint8Array(LONGEST_LINE);
  let cutBytes = 0;
  let line = 0;

  const fault = (key: Message["key"]): Message => ({ key, values: { file, line } });

  const readLine = (bytes: Uint8Array, from: number, to: number, isEnded: boolean) => {
    line++;
    draft.lines++;
    const end = bytes[to - 1] === CARRIAGE_RETURN ? to - 1 : to;
    const read = readUsLine(bytes, from, end);
    if (read === null) {
      if (isEnded) reportLine(draft, fault(lineFaultOf(draft)));
      else reportFile(draft, fault("registry.fault.cut-off"));
      return;
    }
    const kind = read.change ? "change" : "full";
    draft.kind ??= kind;
    if (draft.kind !== kind) reportFile(draft, fault("registry.fault.mixed"));
    else if (read.change) {
      const { atMs, on, isAddition } = read.change;
      addChange(draft.changes, read.digits, atMs, isAddition);
      if (on > (draft.publishedOn ?? "")) draft.publishedOn = on;
    } else if (named && areaOf(placeOf(read.digits).block) !== named.area) {
      reportFile(draft, fault("registry.fault.other-area"));
    } else addNumber(draft.numbers, read.digits);
  };

  /** Puts a piece to what the last one ended with. What is longer than any line stays unreadable. */
  const carry = (bytes: Uint8Array, from: number, to: number) => {
    const kept = bytes.subarray(from, Math.min(to, from + LONGEST_LINE - cutBytes));
    cut.set(kept, cutBytes);
    cutBytes += kept.length;
  };

  return {
    push(bytes) {
      let at = 0;
      while (at < bytes.length) {
        if (cutBytes === 0 && draft.kind === "full") {
          const stopped = readFullRun(draft.numbers, cursor, bytes, at, named?.area ?? null);
          line += (stopped - at) / 12;
          draft.lines += (stopped - at) / 12;
          at = stopped;
        }
        const end = bytes.indexOf(LINE_FEED, at);
        carry(bytes, at, end === -1 ? bytes.length : end);
        if (end === -1) return;
        readLine(cut, 0, cutBytes, true);
        cutBytes = 0;
        at = end + 1;
      }
    },
    end() {
      if (cutBytes > 0) readLine(cut, 0, cutBytes, false);
      if (line === 0) reportFile(draft, fault("registry.fault.empty"));
      dateFullList(draft, named);
    },
  };
}

const lineFaultOf = ({ kind }: Draft) =>
  kind === "change" ? "registry.fault.no-us-change" : "registry.fault.no-us-number";
