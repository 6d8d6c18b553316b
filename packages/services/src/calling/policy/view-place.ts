import { type TransactionContext, query } from "../../platform/internal.ts";
import {
  type JurisdictionId,
  ListRules,
  type PlaceClock,
  type PlaceInput,
  type RuleBook,
  type RuleExamples,
  type RuleId,
  type SpecialDay,
  bundledRuleBook,
  canonicalJson,
  defaultHours,
  isClosedIn,
  isInForceOnAny,
  listBooks,
  listLineage,
  listPlacesIn,
  listSpecialDays,
  mayRefuse,
  readPlaceClocks,
} from "@ringfence/core/people/jurisdiction";
import { addOwnRules } from "@ringfence/core/calling/policy";
import { listRegionZones } from "@ringfence/core/people/phone";
import { listLocalDates } from "@ringfence/core/platform/time";
import { loadOrganization } from "../../account/organization/internal.ts";
import {
  type ClosedDayView,
  type EmergencyView,
  assertKnownPlace,
  listClosedDays,
  listEmergencies,
  loadLaw,
} from "../../people/jurisdiction/internal.ts";
import { loadPoliciesInForce } from "./load-policies.ts";

/** A place with everything on its page except the rules, which `listRules` lists. */
export type PlaceView = {
  at: Date;
  ruleSet: string;
  asOf: string;
  /** The place and those it lies in, smallest first. */
  lineage: readonly JurisdictionId[];
  /** Places that lie directly in it. */
  parts: readonly JurisdictionId[];
  clocks: readonly PlaceClock[];
  /** Holidays and closed days of the next twelve months. */
  specialDays: readonly SpecialDay[];
  closedDays: readonly ClosedDayView[];
  emergencies: readonly EmergencyView[];
  /** True if the law bans calls because of an emergency. The clocks are then closed. */
  isBanned: boolean;
  /** True if a seller has a policy of its own in force, by which fewer calls may be allowed than by these clocks. */
  hasSellerPolicies: boolean;
  examples: Readonly<Record<RuleId, RuleExamples>>;
};

/**
 * Shows the clocks, days and examples of a place, by the law, the officers' decisions, and the organization's own hours
 * and policy of this moment. The policies of single sellers are not considered: `hasSellerPolicies` says whether there
 * are any.
 */
export const viewPlace = query({
  name: "viewPlace",
  action: "rule.read",
  input: ListRules,
  run: async (ctx, { jurisdiction: place }): Promise<PlaceView> => {
    const law = await loadLaw(ctx);
    const { hash, book } = law;
    assertKnownPlace(book, place);
    const lineage = listLineage(book, place);
    const isThere = (one: { jurisdiction: JurisdictionId }) => lineage.includes(one.jurisdiction);
    const closedDays = (await listClosedDays(ctx)).filter((day) =>
      isClosedIn(day, { places: lineage, regions: [place] }),
    );
    const emergencies = (await listEmergencies(ctx)).filter(isThere);
    const zones = listRegionZones(place);
    const dates = listLocalDates(ctx.now, zones);
    const isBanned =
      emergencies.length > 0 &&
      listBooks(law).some(({ rules }) =>
        rules.some(
          (rule) =>
            rule.type === "emergency_ban" &&
            isThere(rule) &&
            mayRefuse(rule) &&
            isInForceOnAny(rule, dates),
        ),
      );
    const policies = await loadPoliciesInForce(ctx);
    const ofAllSellers = policies.filter(({ sellerId }) => sellerId === null);
    const input: PlaceInput = {
      books: [...listBooks(law), addOwnRules(book, ofAllSellers)],
      place,
      zones,
      at: ctx.now,
      closedDays,
      ...(await loadPolicy(ctx)),
    };
    const clocks = readPlaceClocks(input);
    return {
      at: ctx.now,
      ruleSet: hash,
      asOf: book.asOf,
      lineage,
      parts: listPlacesIn(book, place),
      clocks: isBanned
        ? clocks.map((clock) => ({ ...clock, isOpen: false, changesAt: null }))
        : clocks,
      specialDays: listSpecialDays(
        input,
        dates.toSorted()[0] ?? ctx.now.toISOString().slice(0, 10),
      ),
      closedDays,
      emergencies,
      isBanned,
      hasSellerPolicies: ofAllSellers.length < policies.length,
      examples: findExamples(book, lineage),
    };
  },
  audit: "none",
});

/** Loads the organization's own hours, and the rules that it lets only warn. */
async function loadPolicy(
  ctx: TransactionContext,
): Promise<Pick<PlaceInput, "policy" | "choseHours" | "warnOnly">> {
  const { organizationId } = ctx;
  const { hours } = await loadOrganization(ctx);
  const eased = await ctx.db.ruleOverride.findMany({
    where: { organizationId },
    select: { ruleId: true },
  });
  return {
    policy: hours ?? defaultHours,
    choseHours: hours !== null,
    warnOnly: new Set(eased.map(({ ruleId }) => ruleId)),
  };
}

/**
 * Finds the examples of the places' rules. A stored rule set has none, so a rule that is as in the program takes the
 * program's.
 */
function findExamples(book: RuleBook, lineage: readonly JurisdictionId[]) {
  const bundled = new Map(bundledRuleBook.rules.map((rule) => [rule.id, rule]));
  return Object.fromEntries(
    book.rules
      .filter(({ jurisdiction }) => lineage.includes(jurisdiction))
      .flatMap((rule) => {
        const isBundled = canonicalJson(bundled.get(rule.id)) === canonicalJson(rule);
        const examples =
          book.examples.get(rule.id) ?? (isBundled && bundledRuleBook.examples.get(rule.id));
        return examples ? [[rule.id, examples] as const] : [];
      }),
  );
}
