import { z } from "zod";
import { type Locale, say } from "../../platform/message/index.ts";

/**
 * Templates of an answer: no call of ours is on record, the calls were allowed, a call was not screened and is not
 * known to be wrong, a call should not have been placed, or it was meant for somebody else.
 */
export const LetterKind = z.enum(["no-call", "allowed", "unchecked", "mistake", "wrong-number"]);
export type LetterKind = z.infer<typeof LetterKind>;

/** A call that an answer names. */
export type LetterCall = {
  at: Date;
  seller: string;
  /** Day of the consent that the screening found (`2026-11-25`); null if it found none. */
  consentOn: string | null;
  /** True if a screening before it allowed it. False also if there was none. */
  isAllowed: boolean;
  /** True if it should not have been placed: screening had refused it, or a violation was found. */
  isViolation: boolean;
};

/** Everything that a letter is filled with. */
export type LetterFacts = {
  organization: string;
  /** Zone in which times are shown, IANA. */
  zone: string;
  /** Null if it was erased. */
  phone: string | null;
  /** Calendar day on which the complaint arrived. */
  receivedOn: string;
  /** The authority's own number of the case; null if there is none. */
  reference: string | null;
  calls: readonly LetterCall[];
  /** The time in which calls were looked for. */
  searched: { from: Date; until: Date };
  /** The opt-out that was recorded with the complaint; null if none was. */
  optOut: { reference: string; at: Date } | null;
};

/** Marks a gap that the officer has to fill in. An answer that still has one is not recorded. */
const GAP = "[…]";

/** True if an answer still has a gap that the officer has to fill in. */
export const hasGap = (text: string) => text.includes(GAP);

type JudgedCall = Pick<LetterCall, "isAllowed" | "isViolation">;

/**
 * Lists the templates that fit the calls, the one that the records support first. `allowed` is listed only if every
 * call was screened and allowed. `unchecked`, which admits nothing, is listed if a call was not screened and none is a
 * violation. `mistake` (if there are calls) and `wrong-number` are always listed, because only a person can tell.
 */
export function listLetters(calls: readonly JudgedCall[]): readonly LetterKind[] {
  if (calls.length === 0) return ["no-call", "wrong-number"];
  if (calls.some(({ isViolation }) => isViolation)) return ["mistake", "wrong-number"];
  const wereAllowed = calls.every(({ isAllowed }) => isAllowed);
  return [wereAllowed ? "allowed" : "unchecked", "mistake", "wrong-number"];
}

/** Returns the first template of `listLetters`. */
export const suggestLetter = (calls: readonly JudgedCall[]): LetterKind =>
  listLetters(calls)[0] ?? "no-call";

/** Writes an answer in a language from a template. The officer edits it before it is sent. */
export function writeLetter(locale: Locale, kind: LetterKind, facts: LetterFacts): string {
  const { phone, receivedOn, reference, organization, optOut, zone } = facts;
  const parts = [
    say(locale, {
      key: "complaint.letter.opening",
      values: {
        receivedOn,
        hasPhone: phone === null ? "no" : "yes",
        phone: phone ?? "",
        reference: reference ?? "none",
      },
    }),
    writeBody(locale, kind, facts),
    optOut && say(locale, { key: "complaint.letter.opt-out", values: optOut }, zone),
    say(locale, { key: "complaint.letter.closing", values: { organization } }),
  ];
  return parts.filter((part) => part !== null).join("\n\n");
}

function writeBody(locale: Locale, kind: LetterKind, { calls, searched, zone }: LetterFacts) {
  if (kind === "no-call") {
    return say(locale, { key: "complaint.letter.no-call", values: searched }, zone);
  }
  const lines = calls.map((call) => `– ${writeCall(locale, call, zone)}`).join("\n");
  const values = { count: calls.length, calls: lines };
  return say(locale, { key: `complaint.letter.${kind}`, values }, zone);
}

function writeCall(locale: Locale, call: LetterCall, zone: string): string {
  const { at, seller, consentOn, isViolation } = call;
  if (isViolation) {
    return say(locale, { key: "complaint.letter.call-violation", values: { at, seller } }, zone);
  }
  if (consentOn === null) {
    return say(locale, { key: "complaint.letter.call", values: { at, seller } }, zone);
  }
  const values = { at, seller, since: consentOn };
  return say(locale, { key: "complaint.letter.call-consent", values }, zone);
}
