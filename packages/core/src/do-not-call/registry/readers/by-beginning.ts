import type { Message } from "../../../platform/message/index.ts";
import { type Draft, type FileReader, reportFile } from "./draft.ts";

const HEAD_BYTES = 64;

/** Chooses the reader of a file by its first bytes, however it is cut. */
export function byBeginning(choose: (head: Uint8Array) => FileReader): FileReader {
  let head: Uint8Array = new Uint8Array(0);
  let chosen: FileReader | null = null;
  const begin = () => {
    const reader = choose(head);
    if (head.length > 0) reader.push(head);
    return reader;
  };
  return {
    push(bytes) {
      if (chosen) return chosen.push(bytes);
      head = head.length === 0 ? bytes : joined(head, bytes);
      if (tells(head)) chosen = begin();
      else if (head === bytes) head = bytes.slice(); // what is pushed is only lent
    },
    end() {
      chosen ??= begin();
      chosen.end();
    },
  };
}

/** Only of a tag, or of nothing but spaces, more has to be seen. */
const tells = (head: Uint8Array) => head.length >= HEAD_BYTES || /^[^<]/.test(beginningOf(head));

function joined(first: Uint8Array, second: Uint8Array) {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

const decoder = new TextDecoder("latin1");

/** The first text of a file, without a mark of its encoding and the spaces before it. */
export const beginningOf = (head: Uint8Array) =>
  decoder.decode(head.subarray(0, HEAD_BYTES)).replace(/^ï»¿/, "").trimStart().toLowerCase();

/** Servers answer with a page where they ought to say that there is no file. */
export const isWebPage = (head: Uint8Array) =>
  /^(?:<!--|<!doctype html|<(?:html|head|body|title|script)\b)/.test(beginningOf(head));

/** Takes nothing of a file, and says what is wrong with it. */
export function refuseFile(draft: Draft, fault: Message): FileReader {
  reportFile(draft, fault);
  return { push() {}, end() {} };
}
