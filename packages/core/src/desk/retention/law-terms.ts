import { z } from "zod";
import { type RuleBook, type RuleOfType, isInForceOnAny } from "../../people/jurisdiction/index.ts";
import type { RetentionKind } from "./retention.ts";

/** Period for which a law requires, or recommends, that records of a kind about people of a place are kept. */
export type LawTerm = {
  kind: RetentionKind;
  /** Country (ISO 3166-1), or a union of countries such as `EU`. */
  place: string;
  /** Null: no end is known, so the records stay. */
  days: number | null;
  /** False if the source only recommends it, or the rule only warns or informs. */
  isRequired: boolean;
  rule: string;
  citation: string;
  /** How well the rule is sourced: A is read in the law itself. */
  mark: string;
};

/**
 * The kinds for the records that rules list (`items`). An item that is not here sets no term: such records are kept for
 * good, or are not ours.
 */
const kindsOfItem: Readonly<Record<string, readonly RetentionKind[]>> = {
  consent_record: ["evidence"],
  call_detail_records: ["calls", "screenings"],
  register_of_marketing_calls: ["calls"],
  ebr_records: ["activities"],
  registry_versions: ["screenings"],
};

const ProofValue = z.object({
  duration: z.string().optional(),
  recommended: z.string().optional(),
  statutory: z.string().nullish(),
  items: z.string().array().optional(),
  /** When the time begins. Each use of a consent is a call. */
  from: z.string().array().optional(),
});

/**
 * Lists the terms that the rules on proof (`proof_retention`) of these books set, of those in force on any of these
 * days. A rule about a part of a country counts for all of it. A rule that names no number for records that it wants
 * kept, or one that cannot be read, keeps them for good (`days` null).
 */
export function listLawTerms(
  books: readonly RuleBook[],
  isoDates: readonly string[],
): readonly LawTerm[] {
  const rules = books.flatMap((book) => book.rules.filter(isAboutProof));
  return rules
    .filter((rule) => isInForceOnAny(rule, isoDates))
    .flatMap(readRule)
    .filter((term, index, all) => all.findIndex((other) => isSame(term, other)) === index);
}

const isAboutProof = (rule: RuleBook["rules"][number]): rule is RuleOfType<"proof_retention"> =>
  rule.type === "proof_retention";

const isSame = (a: LawTerm, b: LawTerm) =>
  a.kind === b.kind && a.place === b.place && a.rule === b.rule && a.days === b.days;

function readRule(rule: RuleOfType<"proof_retention">): LawTerm[] {
  const value = ProofValue.parse(rule.value);
  const period = value.duration ?? value.recommended;
  if (period === undefined && typeof value.statutory !== "string") return [];
  const days = period === undefined ? null : readDays(period);
  return listKinds(value).map((kind) => ({
    kind,
    place: rule.jurisdiction.slice(0, 2),
    days,
    isRequired: rule.effect !== "warn" && rule.effect !== "info" && value.recommended === undefined,
    rule: rule.id,
    citation: rule.citation,
    mark: rule.confidence,
  }));
}

/** A rule that lists no records is about the proof of consent; where each use counts, also about the calls. */
function listKinds({ items, from = [] }: z.infer<typeof ProofValue>): readonly RetentionKind[] {
  if (items !== undefined) return [...new Set(items.flatMap((item) => kindsOfItem[item] ?? []))];
  const isUsed = from.includes("each_use") || from.includes("last_use");
  return isUsed ? ["evidence", "calls"] : ["evidence"];
}

/** Reads a period (ISO 8601) in days, rounded up; null if it cannot be read. */
function readDays(period: string): number | null {
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/.exec(period);
  if (match === null || period === "P") return null;
  // A part that is not named is undefined, whatever the type says.
  const [years = 0, months = 0, weeks = 0, days = 0] = [1, 2, 3, 4].map((group) =>
    Number(match[group] ?? 0),
  );
  return Math.ceil(years * 365.25) + months * 31 + weeks * 7 + days;
}
