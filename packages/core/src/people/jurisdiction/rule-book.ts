import { z } from "zod";
import { JurisdictionId, type RuleId } from "./jurisdiction.ts";
import { lawDocument } from "./law-document.ts";
import type { RuleExamples } from "./rule-examples.ts";
import { RuleRow, toRule } from "./rule.ts";
import { WatchItem } from "./watch-item.ts";

/** A registry that rules of law name, such as a do-not-call registry. */
export const RegistryEntry = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Form of distribution. `format` is the name of the file format. */
  mode: z.string(),
  format: z.string(),
  confidence: z.string(),
  sources: z.array(z.string()),
  /** `warn` if calls only get a warning while it is not connected. Without it, they are refused. */
  unread: z.literal("warn").optional(),
  /** Why calls only get a warning, and when that was found out. */
  unread_note: z.string().optional(),
});
export type RegistryEntry = z.infer<typeof RegistryEntry>;

const Source = z.strictObject({
  kind: z.enum(["primary", "law_text_mirror", "secondary", "code"]),
  /** A URL, or a file and its path in a public repository. */
  url: z.string(),
  title: z.string(),
});

/** The law as a document: what the files of `data/law` say together, and what an update brings. */
export const LawDocument = z.strictObject({
  schema: z.literal("telemarketing-rules/1.0"),
  as_of: z.iso.date(),
  disclaimer: z.string(),
  jurisdictions: z
    .array(
      z.strictObject({
        id: JurisdictionId,
        name: z.string(),
        parent: JurisdictionId.nullable(),
        rules: z.array(RuleRow),
      }),
    )
    .refine((places) => new Set(places.map(({ id }) => id)).size === places.length, {
      error: "Two places have the same id",
    }),
  registries: z
    .array(RegistryEntry)
    .refine((entries) => new Set(entries.map(({ id }) => id)).size === entries.length, {
      error: "Two registries have the same id",
    }),
  sources: z.record(z.string(), Source),
  /** Bills and expected changes. Laws of earlier versions have none. */
  watch: z
    .array(WatchItem)
    .refine((items) => new Set(items.map(({ id }) => id)).size === items.length, {
      error: "Two items of the watch list have the same id",
    })
    .optional(),
});

export type LawDocument = z.infer<typeof LawDocument>;
export type LawPlace = LawDocument["jurisdictions"][number];

/**
 * Parses a document of the law. A rule that cannot be read stops the start, because skipping it would be less
 * strict.
 */
export const readRuleBook = (document: unknown) => toRuleBook(LawDocument.parse(document));

/** Builds the rule book of a document that was validated. Two calls give two books, which share nothing derived. */
export function toRuleBook({
  as_of,
  disclaimer,
  jurisdictions,
  registries,
  sources,
  watch = [],
}: LawDocument) {
  return {
    asOf: as_of,
    disclaimer,
    rules: jurisdictions.flatMap(({ id, rules }) => rules.map((row) => toRule(id, row))),
    jurisdictions: new Map(jurisdictions.map(({ id, name, parent }) => [id, { name, parent }])),
    registries,
    sources,
    watch,
    /** Examples of the rules that have them. */
    examples: new Map<RuleId, RuleExamples>(
      jurisdictions.flatMap(({ rules }) =>
        rules.flatMap(({ rule_id, examples }) =>
          examples === undefined ? [] : [[rule_id, examples] as const],
        ),
      ),
    ),
  };
}

export type RuleBook = Readonly<ReturnType<typeof readRuleBook>>;

/**
 * The law that comes with this version of the program. Calls are judged by the installation's law, which may be
 * newer, and which facts carry with them.
 */
export const bundledRuleBook: RuleBook = readRuleBook(lawDocument);

/**
 * Creates a function that derives something from a rule book once and keeps it as long as the book is in use.
 * Nothing else may depend on the law, because an update replaces it while programs run.
 */
export function deriveFromBook<T>(derive: (book: RuleBook) => T): (book: RuleBook) => T {
  const known = new WeakMap<RuleBook, { derived: T }>();
  return (book) => {
    const entry = known.get(book);
    if (entry !== undefined) return entry.derived;
    const derived = derive(book);
    known.set(book, { derived });
    return derived;
  };
}

/** The places of a rule book. */
export type Places = Pick<RuleBook, "jurisdictions">;

/**
 * Lists jurisdictions, each followed by those it lies in, without duplicates. A state may be stricter than
 * its country.
 */
export function listWithParents(
  book: Places,
  ids: readonly JurisdictionId[],
): readonly JurisdictionId[] {
  return [...new Set(ids.flatMap((id) => listLineage(book, id)))];
}

/** Lists a jurisdiction and those it lies in, smallest first. */
export function listLineage(book: Places, id: JurisdictionId): JurisdictionId[] {
  const parent = book.jurisdictions.get(id)?.parent ?? null;
  return parent === null ? [id] : [id, ...listLineage(book, parent)];
}

/** Lists the places that lie directly in a place. */
export const listPlacesIn = (book: Places, place: JurisdictionId): JurisdictionId[] =>
  [...book.jurisdictions].flatMap(([id, { parent }]) => (parent === place ? id : []));

/**
 * Finds the jurisdiction whose rules apply in a region (ISO 3166, `US-TX` or `US`): the region's own or its
 * country's. Null if neither is known; then a call cannot be checked.
 */
export function findJurisdiction(book: Places, region: string): JurisdictionId | null {
  const country = region.slice(0, 2);
  return [region, country].find((id) => book.jurisdictions.has(id)) ?? null;
}
