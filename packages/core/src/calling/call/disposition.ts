import { type Ending, findOwnProperty, knownCodes, ownWords } from "./call-ending.ts";
import { type ReplyReading, interpretWords } from "../../do-not-call/inbound/index.ts";

const refusing: ReadonlySet<Ending> = new Set(["opted-out", "listed"]);

const DO_NOT_CALL = /(^|[^a-z])(dnc|dncl|do[_ -]?not[_ -]?call|no[_ -]?call|remove|opt[_ -]?out)/i;

/**
 * Decides if a dialer's disposition code means an opt-out of all calls (`refusal`). The meaning in `mapped`, which an
 * officer chose, comes first, then our own outcomes and the known codes of the `system`. An unknown code that looks
 * like an opt-out is a `question` for an officer; any other is `other`.
 */
export function readDisposition(
  system: string,
  code: string,
  mapped: Readonly<Record<string, ReplyReading>>,
): ReplyReading {
  const mappedMeaning = findOwnProperty(mapped, code);
  if (mappedMeaning !== undefined) return mappedMeaning;
  // Our own outcomes mean the same in every system. Refusing an offer is not refusing calls.
  const ending =
    findOwnProperty<Ending>(ownWords, code) ??
    findOwnProperty(findOwnProperty(knownCodes, system.toLowerCase()) ?? {}, code.toUpperCase());
  if (ending !== undefined) return refusing.has(ending) ? "refusal" : "other";
  const words = code.replaceAll("_", " ");
  return DO_NOT_CALL.test(code) || interpretWords(words) !== "other" ? "question" : "other";
}
