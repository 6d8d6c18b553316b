import { ConsentEventType } from "@ringfence/core/consents/consent";
import { CalledParty, Channel, LineType } from "@ringfence/core/people/phone";
import { ConsentId, SellerId } from "@ringfence/core/ids";
import type { ReassignedAnswer } from "@ringfence/core/calling/screening";
import { CallPreferences } from "@ringfence/core/do-not-call/call-preference";
import { SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import { z } from "zod";
import type { ConsentRow, FactsRow } from "../../screening/internal.ts";

type RowOf<Column extends keyof FactsRow> =
  NonNullable<FactsRow[Column]> extends (infer Row)[] ? Row : never;
type Instant = "at" | "until" | "validUntil" | "recordedAt";

/** The content of a fact without its instants. Millions of facts share few such texts. */
export type FactText =
  | { kind: "line"; lineType: LineType }
  | ({ kind: "contact" } & RowOf<"contacts">)
  | ({ kind: "consent" } & Omit<ConsentRow, Instant>)
  | ({ kind: "opt-out" } & Omit<RowOf<"optOuts">, Instant>)
  | ({ kind: "suppression" } & Omit<RowOf<"suppressions">, Instant>)
  | ({ kind: "preferences" } & CallPreferences)
  | { kind: "call" }
  | { kind: "permit" }
  | { kind: "listing" }
  | { kind: "port" }
  | { kind: "purchase" }
  | { kind: "reassigned"; answer: ReassignedAnswer["answer"] };

/** The first letter of a fact's text, by the kind of fact. */
export const factLetters = {
  line: "T",
  contact: "P",
  consent: "C",
  "opt-out": "O",
  suppression: "S",
  preferences: "H",
  call: "L",
  permit: "G",
  listing: "R",
  port: "W",
  purchase: "B",
  reassigned: "A",
} as const satisfies Record<FactText["kind"], string>;

/**
 * Decodes the text of a fact: its letter, followed by values as PostgreSQL sends them in binary, or by JSON for a
 * person's preferences.
 */
export function decodeFact(text: string): FactText {
  const read = readers[text[0] ?? ""];
  if (read === undefined) throw new Error("a fact of an unknown kind");
  return read(text.slice(1));
}

const Answer = z.enum(["yes", "no", "no_data"]);
const OptOutKind = z.enum(["all", "seller", "purpose", "profiling"]);

const readers: Record<string, (text: string) => FactText> = {
  [factLetters.line]: (text) => ({
    kind: "line",
    lineType: LineType.parse(splitValues(text).map(decodeText)[0]),
  }),
  [factLetters.contact]: (text) => {
    const [zone = null, region = null, calledParty] = splitValues(text).map(decodeText);
    return { kind: "contact", zone, region, calledParty: CalledParty.parse(calledParty) };
  },
  [factLetters.consent]: (text) => {
    const [type, sellerId, purposes, channels, elements, ...more] = splitValues(text);
    const [isWritten, isProven, isImported, consentId] = more;
    return {
      kind: "consent",
      type: ConsentEventType.parse(decodeText(type)),
      sellerId: SellerId.parse(decodeId(sellerId)),
      purposes: decodeTexts(purposes),
      channels: Channel.array().parse(decodeTexts(channels)),
      elements: decodeTexts(elements),
      isWritten: decodeBoolean(isWritten),
      isProven: decodeBoolean(isProven),
      isImported: decodeBoolean(isImported),
      // The query leaves out the id unless the consent was invalidated: only then it matters.
      consentId: ConsentId.parse(decodeId(consentId) ?? "00000000-0000-7000-8000-000000000000"),
    };
  },
  [factLetters["opt-out"]]: (text) => {
    const [scope, sellerId, purpose] = splitValues(text);
    return {
      kind: "opt-out",
      scope: OptOutKind.parse(decodeText(scope)),
      sellerId: SellerId.nullable().parse(decodeId(sellerId)),
      purpose: decodeText(purpose),
    };
  },
  [factLetters.suppression]: (text) => ({
    kind: "suppression",
    reason: SuppressionReason.parse(splitValues(text).map(decodeText)[0]),
  }),
  // Written by `loadPreferences`, as JSON.
  [factLetters.preferences]: (text) => ({
    kind: "preferences",
    ...CallPreferences.parse(JSON.parse(text)),
  }),
  [factLetters.call]: () => ({ kind: "call" }),
  [factLetters.permit]: () => ({ kind: "permit" }),
  [factLetters.listing]: () => ({ kind: "listing" }),
  [factLetters.port]: () => ({ kind: "port" }),
  [factLetters.purchase]: () => ({ kind: "purchase" }),
  [factLetters.reassigned]: (text) => ({
    kind: "reassigned",
    answer: Answer.parse(splitValues(text).map(decodeText)[0]),
  }),
};

/**
 * Splits values as PostgreSQL sends them in binary: each follows its length in four bytes. The text has one
 * character per byte. NULL becomes null.
 */
function splitValues(text: string): (Buffer | null)[] {
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

/** Decodes a `text`, or a value of an enum. */
const decodeText = (word: Word): string | null => word?.toString("utf8") ?? null;

const decodeBoolean = (word: Word): boolean => word?.[0] === 1;

/** Decodes a `uuid` to the form of RFC 9562. */
export function decodeId(word: Word): string | null {
  const hex = word?.toString("hex");
  return hex?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5") ?? null;
}

/** Offset of the items of an array of one dimension: after its header, length and lower bound. */
const ITEMS_AT = 20;

/** Decodes a `text[]` of one dimension. */
const decodeTexts = (word: Word): string[] =>
  splitValues(word?.toString("latin1", ITEMS_AT) ?? "").flatMap((item) => decodeText(item) ?? []);
