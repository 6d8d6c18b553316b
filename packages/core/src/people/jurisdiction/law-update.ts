import { z } from "zod";
import { canonicalJson } from "./canonical-json.ts";
import { JurisdictionId } from "./jurisdiction.ts";
import { LawDocument, RegistryEntry, type RuleBook } from "./rule-book.ts";
import { findAllowLists } from "./required-registries.ts";
import { type Rule, toRule } from "./rule.ts";
import { hashRuleSet } from "./rule-set.ts";
import type { WatchItem } from "./watch-item.ts";
import { Zone, hasHolidayCalendar, periodDays } from "../../platform/time/index.ts";

/*
 * The file of an update of the law. It holds the whole law, or the places that changed on top of a named law, and
 * the signature of its publisher over everything else in it.
 */

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Contents of an update, which its publisher signs. */
export const LawUpdate = z.strictObject({
  format: z.literal("ringfence-law-update/1"),
  /** Summary in a sentence or two. */
  summary: z.string().trim().min(1).max(500),
  /** Hash of the rule set that the update changes; null if it brings the whole law. */
  base: Sha256.nullable(),
  schema: LawDocument.shape.schema,
  as_of: LawDocument.shape.as_of,
  disclaimer: z.string(),
  /** All places, or those that changed. */
  jurisdictions: LawDocument.shape.jurisdictions,
  /** Places that end. Only on top of a named law. */
  removed: z.array(JurisdictionId).default([]),
  /** Null if they stay as they are. Only on top of a named law. */
  registries: z.array(RegistryEntry).nullable(),
  sources: LawDocument.shape.sources.nullable(),
  /** The whole watch list. Without it, an update of some places keeps the list, and a whole law has none. */
  watch: LawDocument.shape.watch,
});
export type LawUpdate = z.infer<typeof LawUpdate>;

/** A file: the update, and a signature (JWS) that names the SHA-256 of the rest in canonical JSON. */
export const LawUpdateFile = LawUpdate.extend({ signature: z.string() });
export type LawUpdateFile = z.infer<typeof LawUpdateFile>;

/** Returns the SHA-256 (hex) that the signature of a file names. */
export function digestUpdate(file: Record<string, unknown>): string {
  const { signature: _, ...signed } = file;
  return hashRuleSet(canonicalJson(signed));
}

/** Returns the whole law of an update, given the law that it changes. */
export function assembleLaw(update: LawUpdate, base: LawDocument | null): LawDocument {
  const { schema, as_of, disclaimer, jurisdictions, removed, registries, sources } = update;
  const watch = update.watch ?? base?.watch;
  const replaced = new Set([...jurisdictions.map(({ id }) => id), ...removed]);
  const others = base?.jurisdictions.filter(({ id }) => !replaced.has(id)) ?? [];
  return {
    schema,
    as_of,
    disclaimer,
    jurisdictions: [...others, ...jurisdictions],
    registries: registries ?? base?.registries ?? [],
    sources: sources ?? base?.sources ?? {},
    ...(watch && { watch }),
  };
}

/** Explains in sentences what makes a file unreadable: where it is, what is wrong, and what would be right. */
export const explainIssues = (error: z.ZodError, file: unknown): string[] =>
  error.issues.map(
    (issue) => `${locate(issue.path, file)}: ${issue.message}. Correct the field and sign again.`,
  );

/** Names the place of a fault by the ids of the place and the rule rather than by their positions. */
function locate(path: readonly PropertyKey[], file: unknown): string {
  let at = file;
  const names = path.map((step) => {
    at = Reflect.get(Object(at), step);
    const { rule_id: rule, id } = Object(at);
    const name: unknown = rule ?? id;
    return typeof name === "string" ? name : String(step);
  });
  return names.length === 0 ? "The file" : names.join(" › ");
}

/** The longest window of a cap that this version counts calls for. */
const MAX_CAP_DAYS = 31;
/** The days of grace of ported numbers that this version knows. */
const GRACE = "P15D";

/**
 * Finds what a readable law says that this version of the program cannot judge by, or that contradicts itself. A
 * sentence for each: what is wrong, where, and how to mend it.
 */
export function findLawFaults(law: RuleBook): string[] {
  const findRuleFaults = createRuleCheck(law);
  const seen = new Set<string>();
  return [
    ...[...law.jurisdictions].flatMap(([id, { parent }]) => {
      if (parent !== null && !law.jurisdictions.has(parent))
        return `Place ${id}: it lies in ${parent}, which the law does not have. Add that place.`;
      return liesInItself(law, id)
        ? `Place ${id}: its parent ${parent} lies within it. Correct the parent.`
        : [];
    }),
    ...law.rules.flatMap((rule) => {
      const isRepeated = seen.has(rule.id);
      seen.add(rule.id);
      const repeated = "another rule has the same id. Give each rule its own";
      return [...(isRepeated ? [repeated] : []), ...findRuleFaults(rule)].map(
        (fault) => `Rule ${rule.id}: ${fault}.`,
      );
    }),
    ...law.watch.flatMap((item) =>
      [
        ...findWatchFaults(law, item),
        ...(item.draft_rules ?? []).flatMap((row) =>
          findRuleFaults(toRule(item.jurisdiction, row)).map(
            (fault) => `draft rule ${row.rule_id}: ${fault}`,
          ),
        ),
      ].map((fault) => `Watch item ${item.id}: ${fault}.`),
    ),
  ];
}

/** Finds the faults of a watch list item, except those of its draft rules. */
function findWatchFaults({ jurisdictions, rules, sources }: RuleBook, item: WatchItem): string[] {
  const faults: string[] = [];
  const { jurisdiction, confidence, expected_on: day, draft_rules: drafts = [] } = item;
  if (!jurisdictions.has(jurisdiction))
    faults.push(`place ${jurisdiction} is not in the law. Add it, or correct the item`);
  for (const source of item.sources) {
    if (!(source in sources))
      faults.push(`source ${source} is not in the list of sources. Add it there`);
  }
  for (const id of item.rules ?? []) {
    if (!rules.some((rule) => rule.id === id))
      faults.push(`rule ${id} is not in the law. Add it, or correct the item`);
  }
  if (confidence !== "C" && item.sources.length === 0)
    faults.push(`mark ${confidence} needs a source. Name one, or use mark C`);
  if (drafts.length > 0 && day === null)
    faults.push("draft rules need an expected day. Add it, or remove the rules");
  return faults;
}

/** Creates a function that finds the faults of a rule: values this version does not support, or the law contradicts. */
function createRuleCheck(law: RuleBook): (rule: Rule) => string[] {
  const registries = new Set(law.registries.map(({ id }) => id));
  const allowLists = findAllowLists(law);
  return (rule) => {
    const faults: string[] = [];
    for (const source of new Set([...rule.sources, ...(rule.quote ? [rule.quote.source] : [])])) {
      if (!(source in law.sources))
        faults.push(`source ${source} is not in the list of sources. Add it there`);
    }
    if (rule.type === "registry_scrub" || rule.type === "reassigned_numbers") {
      const { registry } = rule.value;
      if (!registries.has(registry))
        faults.push(`registry ${registry} is not in the list of registries. Add it there`);
      if (
        rule.type === "registry_scrub" &&
        rule.value.polarity !== "allow" &&
        allowLists.has(registry)
      ) {
        faults.push(
          `registry ${registry} is an allow list in another rule. Give all its rules the same polarity`,
        );
      }
    }
    if (rule.type === "frequency_cap" && periodDays(rule.value.window) > MAX_CAP_DAYS) {
      faults.push(
        `the window ${rule.value.window} is longer than ${MAX_CAP_DAYS} days, which needs a newer version of the program`,
      );
    }
    if (rule.type === "line_type" && (rule.value.ported_wireless_grace ?? GRACE) !== GRACE) {
      faults.push(`a grace period other than ${GRACE} needs a newer version of the program`);
    }
    if (rule.type === "calling_hours") {
      const { value } = rule;
      const calendar =
        value.windows === null ? value.industry_code_closed_on : value.holidays.calendar;
      if (typeof calendar === "string" && !hasHolidayCalendar(calendar)) {
        faults.push(
          `this version has no holidays for "${calendar}". Use a calendar that it has, or update the program`,
        );
      }
    }
    if (rule.type === "calling_hours" && rule.value.windows !== null) {
      const { tz_basis: zone } = rule.value;
      if (zone !== "called_party_location" && !Zone.safeParse(zone).success)
        faults.push(`"${zone}" is not a time zone. Use an IANA name`);
    }
    return faults;
  };
}

/** Explains why an update may not follow the law in force; null if it may. */
export function findOrderFault(
  update: { asOf: string; base: string | null; hash: string },
  current: { asOf: string; hash: string },
  installed: ReadonlySet<string>,
): string | null {
  if (update.hash === current.hash) return "This law is in force already. There is nothing to do.";
  if (installed.has(update.hash)) {
    return "This law was in force before and was replaced. Sign it again with a later date if it should return.";
  }
  if (update.base !== null && update.base !== current.hash) {
    return `The update changes the law ${update.base.slice(0, 16)}…, but ${current.hash.slice(0, 16)}… is in force. Ask the publisher for an update of that one, or for the whole law.`;
  }
  if (update.asOf > current.asOf) return null;
  if (update.asOf === current.asOf && update.base !== null) return null;
  return `The update is dated ${update.asOf}, but the law in force is dated ${current.asOf}. Only a later law, or one with the same date that names it as its base, may replace it.`;
}

/** True if a place is among its own ancestors. */
function liesInItself({ jurisdictions }: RuleBook, id: JurisdictionId): boolean {
  const seen = new Set<JurisdictionId>();
  let parent = jurisdictions.get(id)?.parent ?? null;
  while (parent !== null && parent !== id && !seen.has(parent)) {
    seen.add(parent);
    parent = jurisdictions.get(parent)?.parent ?? null;
  }
  return parent === id;
}
