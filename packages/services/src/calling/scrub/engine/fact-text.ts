import { ConsentEventType } from "@ringfence/core/consents/consent";
import { CalledParty, Channel, LineType } from "@ringfence/core/people/phone";
import { ConsentId, SellerId } from "@ringfence/core/ids";
import type { ReassignedAnswer } from "@ringfence/core/calling/screening";
import { SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import { z } from "zod";
import type { ConsentRow, FactsRow } from "../../screening/facts-row.ts";

type RowOf<Column extends keyof FactsRow> =
  NonNullable<FactsRow[Column]> extends (infer Row)[] ? Row : never;
type Instant = "at" | "until" | "validUntil" | "recordedAt";

/** What facts say, but for their instants: few things, of millions of facts. */
export type Said =
  | { kind: "line"; lineType: LineType }
  | ({ kind: "contact" } & RowOf<"contacts">)
  | ({ kind: "consent" } & Omit<ConsentRow, Instant>)
  | ({ kind: "opt-out" } & Omit<RowOf<"optOuts">, Instant>)
  | ({ kind: "suppression" } & Omit<RowOf<"suppressions">, Instant>)
  | { kind: "call" }
  | { kind: "permit" }
  | { kind: "listing" }
  | { kind: "port" }
  | { kind: "reassigned"; answer: ReassignedAnswer["answer"] };

/** The first letter of a fact's text, by its kind. */
export const letterOf = {
  line: "T",
  contact: "P",
  consent: "C",
  "opt-out": "O",
  suppression: "S",
  call: "L",
  permit: "G",
  listing: "R",
  port: "W",
  reassigned: "A",
} as const satisfies Record<Said["kind"], string>;

/** Of the text of a fact: its letter, and behind it the words as PostgreSQL sends them. */
export function readSaid(text: string): Said {
  const read = readers[text[0] ?? ""];
  if (read === undefined) throw new Error("a fact of no kind");
  return read(text.slice(1));
}

const Answer = z.enum(["yes", "no", "no_data"]);
const OptOutKind = z.enum(["all", "seller", "purpose", "profiling"]);

const readers: Record<string, (text: string) => Said> = {
  [letterOf.line]: (text) => ({
    kind: "line",
    lineType: LineType.parse(wordsOf(text).map(textOf)[0]),
  }),
  [letterOf.contact]: (text) => {
    const [zone = null, region = null, calledParty] = wordsOf(text).map(textOf);
    return { kind: "contact", zone, region, calledParty: CalledParty.parse(calledParty) };
  },
  [letterOf.consent]: (text) => {
    const [type, sellerId, purposes, channels, elements, ...more] = wordsOf(text);
    const [isWritten, isProven, isImported, consentId] = more;
    return {
      kind: "consent",
      type: ConsentEventType.parse(textOf(type)),
      sellerId: SellerId.parse(idOf(sellerId)),
      purposes: textsOf(purposes),
      channels: Channel.array().parse(textsOf(channels)),
      elements: textsOf(elements),
      isWritten: isTrue(isWritten),
      isProven: isTrue(isProven),
      isImported: isTrue(isImported),
      // Only where one was found void does it matter which.
      consentId: ConsentId.parse(idOf(consentId) ?? "00000000-0000-7000-8000-000000000000"),
    };
  },
  [letterOf["opt-out"]]: (text) => {
    const [scope, sellerId, purpose] = wordsOf(text);
    return {
      kind: "opt-out",
      scope: OptOutKind.parse(textOf(scope)),
      sellerId: SellerId.nullable().parse(idOf(sellerId)),
      purpose: textOf(purpose),
    };
  },
  [letterOf.suppression]: (text) => ({
    kind: "suppression",
    reason: SuppressionReason.parse(wordsOf(text).map(textOf)[0]),
  }),
  [letterOf.call]: () => ({ kind: "call" }),
  [letterOf.permit]: () => ({ kind: "permit" }),
  [letterOf.listing]: () => ({ kind: "listing" }),
  [letterOf.port]: () => ({ kind: "port" }),
  [letterOf.reassigned]: (text) => ({
    kind: "reassigned",
    answer: Answer.parse(wordsOf(text).map(textOf)[0]),
  }),
};

/**
 * Values as PostgreSQL sends them in binary, each behind a length of four bytes, in a text of a character
 * a byte; null for NULL.
 */
function wordsOf(text: string): (Buffer | null)[] {
  const bytes = Buffer.from(text, "latin1");
  const words: (Buffer | null)[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = bytes.readInt32BE(at);
    at += 4;
    words.push(size === -1 ? null : bytes.subarray(at, at + size));
    at += Math.max(0, size);
  }
  return words;
}

type Word = Buffer | null | undefined;

/** A `text`, or a value of an enum. */
const textOf = (word: Word): string | null => word?.toString("utf8") ?? null;

const isTrue = (word: Word): boolean => word?.[0] === 1;

/** A `uuid`, as RFC 9562 writes it. */
export function idOf(word: Word): string | null {
  const hex = word?.toString("hex");
  return hex?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5") ?? null;
}

/** Where the items of an array of one dimension begin: behind its header, its length and lower bound. */
const ITEMS_AT = 20;

/** A `text[]` of one dimension, or empty. */
const textsOf = (word: Word): string[] =>
  wordsOf(word?.toString("latin1", ITEMS_AT) ?? "").flatMap((item) => textOf(item) ?? []);
