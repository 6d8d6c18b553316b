import { z } from "zod";
import { JurisdictionId, type RuleId } from "./jurisdiction.ts";
import { lawDocument } from "./law-document.ts";
import type { RuleExamples } from "./rule-examples.ts";
import { RuleRow, toRule } from "./rule.ts";

const Registry = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Form of distribution. `format` is the name of the file format. */
  mode: z.string(),
  format: z.string(),
  confidence: z.string(),
  sources: z.array(z.string()),
  /** `warn` if calls only get a warning while it is not connected. Without it, they are refused. */
  unread: z.literal("warn").optional(),
  /** Why, and when that was found out. */
  unread_note: z.string().optional(),
});
export type RegistryEntry = z.infer<typeof Registry>;

const Source = z.strictObject({
  kind: z.enum(["primary", "law_text_mirror", "secondary", "code"]),
  /** A URL, or a file and its path in a public repository. */
  url: z.string(),
  title: z.string(),
});

const RuleDocument = z.strictObject({
  schema: z.literal("telemarketing-rules/1.0"),
  as_of: z.iso.date(),
  disclaimer: z.string(),
  jurisdictions: z.array(
    z.strictObject({
      id: JurisdictionId,
      name: z.string(),
      parent: JurisdictionId.nullable(),
      rules: z.array(RuleRow),
    }),
  ),
  registries: z
    .array(Registry)
    .refine((entries) => new Set(entries.map(({ id }) => id)).size === entries.length, {
      error: "Two registries have the same id",
    }),
  sources: z.record(z.string(), Source),
});

/**
 * Parses a document of the law. A rule that cannot be read stops the start, because skipping it would be less
 * strict.
 */
export function readRuleBook(document: unknown) {
  const { as_of, disclaimer, jurisdictions, registries, sources } = RuleDocument.parse(document);
  return {
    asOf: as_of,
    disclaimer,
    rules: jurisdictions.flatMap(({ id, rules }) => rules.map((row) => toRule(id, row))),
    jurisdictions: new Map(jurisdictions.map(({ id, name, parent }) => [id, { name, parent }])),
    registries,
    sources,
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

/** The rules of all known jurisdictions, as of the day `asOf`. */
export const ruleBook: RuleBook = readRuleBook(lawDocument);

/**
 * Lists jurisdictions, each followed by those it lies in, without duplicates. A state may be stricter than
 * its country.
 */
export function listWithParents(ids: readonly JurisdictionId[]): readonly JurisdictionId[] {
  return [...new Set(ids.flatMap(listLineage))];
}

/** Lists a jurisdiction and those it lies in, smallest first. */
export function listLineage(id: JurisdictionId): JurisdictionId[] {
  const parent = ruleBook.jurisdictions.get(id)?.parent ?? null;
  return parent === null ? [id] : [id, ...listLineage(parent)];
}

/**
 * Finds the jurisdiction whose rules apply in a region (ISO 3166, `US-TX` or `US`): the region's own or its
 * country's. Null if neither is known; then a call cannot be checked.
 */
export function findJurisdiction(region: string): JurisdictionId | null {
  const country = region.slice(0, 2);
  return [region, country].find((id) => ruleBook.jurisdictions.has(id)) ?? null;
}
