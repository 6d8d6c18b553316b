import { sql } from "kysely";
import {
  type TransactionContext,
  loadMemberNames,
  query,
  selectRows,
} from "../../platform/internal.ts";
import {
  type CountryCoverage,
  type JurisdictionId,
  ListRules,
  type Rule,
  type RuleBook,
  type RulePhase,
  determinePhase,
  isEasable,
  listBooks,
  listCoverage,
  listJurisdictionsWithEmergencyRules,
  listRegionsInRules,
  type RegionOfRules,
  listKeptRules,
  listLineage,
} from "@ringfence/core/people/jurisdiction";
import { DAY_MS, listLocalDates } from "@ringfence/core/platform/time";
import { assertKnownPlace, loadLaw } from "./load-law.ts";
import { z } from "zod";

export type RuleView = {
  rule: Rule;
  /**
   * True for a former rule, changed or removed since, which applies along with the present law until two officers accept
   * the change.
   */
  isKept: boolean;
  phase: RulePhase;
  /**
   * The officer's decision to let it only warn. Null without one, and for a rule that may not be eased: a decision
   * about a former, unverified rule leaves the present rule of the same id refusing. An update of the law that verifies
   * the rule, or changes what it says, ends the decision (`listRuleDecisions` still shows it).
   */
  eased: {
    /** Name of the member, even if removed; null if no member has the id. */
    by: string | null;
    at: Date;
    reason: string;
  } | null;
  /** True if an officer may let it warn instead of refuse. */
  isEasable: boolean;
  /** Live screenings of the last 24 hours that it refused, and those that it alone refused. */
  refused: number;
  refusedAlone: number;
};

/**
 * Lists the rules of a jurisdiction and of those it lies in, smallest first and with bills, which refuse nothing, and
 * the organization's decisions. Former rules that still apply come last.
 */
export const listRules = query({
  name: "listRules",
  action: "rule.read",
  input: ListRules,
  run: async (ctx, { jurisdiction }): Promise<RuleView[]> => {
    const { db, organizationId } = ctx;
    const overrides = await db.ruleOverride.findMany({ where: { organizationId } });
    const names = await loadMemberNames(
      ctx,
      overrides.map(({ memberId }) => memberId),
    );
    const refusals = await countRefusalsByRule(ctx);
    const law = await loadLaw(ctx);
    const { book } = law;
    assertKnownPlace(book, jurisdiction);
    const places = listLineage(book, jurisdiction);
    const rules = places.flatMap((place) =>
      book.rules.filter((rule) => rule.jurisdiction === place),
    );
    const kept = new Set(listKeptRules(law, places));
    const dates = listLocalDates(ctx.now, []);
    return [...rules, ...kept].map((rule) => {
      const mayBeEased = isEasable(kept.has(rule) ? (law.keptBook ?? book) : book, rule.id);
      const eased = mayBeEased ? overrides.find(({ ruleId }) => ruleId === rule.id) : undefined;
      // Screenings name the id alone, so a present and a kept rule of one id share their counts.
      const { refused = 0, alone = 0 } = refusals.get(rule.id) ?? {};
      return {
        rule,
        isKept: kept.has(rule),
        phase: determinePhase(rule, dates),
        isEasable: mayBeEased,
        eased: eased
          ? { by: names.get(eased.memberId) ?? null, at: eased.at, reason: eased.reason }
          : null,
        refused,
        refusedAlone: alone,
      };
    });
  },
  audit: "none",
});

/** The law in force: its day, its places, and the names of what its rules refer to. */
export type LawView = Pick<RuleBook, "asOf" | "disclaimer" | "sources"> & {
  places: readonly JurisdictionId[];
  /** Places whose rules know emergencies, by the law in force or by a former rule that still applies. */
  placesWithEmergencyRules: readonly JurisdictionId[];
  /** Regions that rules name, former ones that still apply included. */
  regions: readonly RegionOfRules[];
  registryNames: Readonly<Record<string, string>>;
  /** Confidence in the law of each country today. */
  coverage: readonly CountryCoverage[];
};

/** Shows the law that is in force in this installation. */
export const viewLaw = query({
  name: "viewLaw",
  action: "rule.read",
  run: async (ctx): Promise<LawView> => {
    const law = await loadLaw(ctx);
    const { book } = law;
    const books = listBooks(law);
    const regions = new Map(books.flatMap(listRegionsInRules).map((one) => [one.region, one]));
    const registries = books.toReversed().flatMap((one) => one.registries);
    return {
      asOf: book.asOf,
      disclaimer: book.disclaimer,
      sources: book.sources,
      places: [...book.jurisdictions.keys()],
      placesWithEmergencyRules: [...new Set(books.flatMap(listJurisdictionsWithEmergencyRules))],
      regions: [...regions.values()],
      registryNames: Object.fromEntries(registries.map(({ id, name }) => [id, name])),
      coverage: listCoverage(book, listLocalDates(ctx.now, [])),
    };
  },
  audit: "none",
});

const CountRow = z.object({ rule: z.string(), refused: z.int(), alone: z.int() });

/** Screenings to count at most, the newest first. */
const MAX_SCREENINGS = 100_000;

/**
 * Counts how many live screenings of the last 24 hours each rule refused, and how many it alone did. Calls that it
 * alone refused would have been allowed if the rule only warned. A screening may name a rule twice: under the present
 * law and under the former law that the organization keeps. Only live screenings are on record.
 */
async function countRefusalsByRule({ db, organizationId, now }: TransactionContext) {
  const since = new Date(now.getTime() - DAY_MS);
  const rows = await selectRows(
    { db },
    CountRow,
    sql`
    SELECT refusal ->> 'rule' AS rule, count(DISTINCT id)::int AS refused,
      (count(DISTINCT id) FILTER (WHERE NOT EXISTS (
        SELECT FROM jsonb_array_elements(refusals) AS other
        WHERE other ->> 'rule' IS DISTINCT FROM refusal ->> 'rule')))::int AS alone
    FROM (
      SELECT id, refusals FROM screening
      WHERE organization_id = ${organizationId}::uuid AND at > ${since}
      ORDER BY at DESC LIMIT ${MAX_SCREENINGS}) AS of_a_day,
      jsonb_array_elements(refusals) AS refusal
    WHERE refusal ->> 'rule' IS NOT NULL
    GROUP BY 1`,
  );
  return new Map(rows.map((row) => [row.rule, row]));
}
