import type { Message } from "../../message/index.ts";
import { type Draft, type FileReader, reportFile } from "./draft.ts";

const HEAD_BYTES = 64;

/** Chooses the reader of a file by its first bytes, however it is cut. */
export function byBeginning(choose: (head: Uint8Array) => FileReader): FileReader {
  let head = new Uint8Array(0);
  let chosen: FileReader | null = null;
  const begin = () => {
    const reader = choose(head);
    if (head.length > 0) reader.push(head);
    return reader;
  };
  return {
    push(bytes) {
      if (chosen) return chosen.push(bytes);
      // A piece that shows enough is passed on as it came.
      if (head.length === 0 && bytes.length >= HEAD_BYTES) {
        chosen = choose(bytes);
        return chosen.push(bytes);
      }
      head = joined(head, bytes);
      if (head.length >= HEAD_BYTES) chosen = begin();
    },
    end() {
      chosen ??= begin();
      chosen.end();
    },
  };
}

function joined(first: Uint8Array, second: Uint8Array) {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

const decoder = new TextDecoder("latin1");

/** The first text of a file, without a mark of its encoding and the spaces before it. */
export const beginningOf = (head: Uint8Array) =>
  decoder
    .decode(head.subarray(0, HEAD_BYTES))
    .replace(/^ï»¿/, "")
    .trimStart()
    .toLowerCase();

/** Servers answer with a page where they ought to say that there is no file. */
export const isWebPage = (head: Uint8Array) =>
  /^(?:<!--|<!doctype html|<(?:html|head|body|title|script)\b)/.test(beginningOf(head));

/** Takes nothing of a file, and says what is wrong with it. */
export function refuseFile(draft: Draft, fault: Message): FileReader {
  reportFile(draft, fault);
  return { push() {}, end() {} };
}
