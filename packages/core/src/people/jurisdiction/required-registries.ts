import type { JurisdictionId, RuleId } from "./jurisdiction.ts";
import { type Rule, type RuleOfType, isInForce } from "./rule.ts";
import { type RuleBook, deriveFromBook, listLineage } from "./rule-book.ts";
import { canRefuseCall, listRulesExceptBills } from "./rules-in-force.ts";
import { periodDays } from "../../platform/time/index.ts";

/** A do-not-call registry that rules require callers to check. */
export type RequiredRegistry = {
  code: string;
  name: string;
  /** Form in which its publisher distributes it; null if unknown. */
  mode: string | null;
  /** Note on why calls only get a warning while it is not connected (`warnsWhenUnread`); null if there is none. */
  unreadNote: string | null;
  /** Jurisdictions whose rules name it. */
  places: readonly JurisdictionId[];
  /**
   * Maximum age of an edition under the strictest of these rules. Null if no rule limits it; 0 if each call
   * needs a fresh look-up.
   */
  limitDays: number | null;
  /** True if calls get a warning, not a refusal, while it is not connected. */
  warnsWhenUnread: boolean;
};

/**
 * Lists the registries that rules in force on a day require, in the order of the rule book, even those of rules that
 * refuse no call.
 */
export function listRequiredRegistries(book: RuleBook, isoDate: string): RequiredRegistry[] {
  const rules = [...book.jurisdictions.keys()]
    .flatMap((id) => listRulesExceptBills(book, id))
    .flatMap((rule) => (rule.type === "registry_scrub" && isInForce(rule, isoDate) ? [rule] : []));
  const rulesOfRegistry = Map.groupBy(rules, ({ value }) => value.registry);
  return book.registries.flatMap(({ id: code, name, mode, unread_note: unreadNote = null }) => {
    const naming = rulesOfRegistry.get(code);
    if (naming === undefined) return [];
    return [
      {
        code,
        name,
        // The data file writes "not found" where nobody knows it.
        mode: mode === "not found" ? null : mode,
        unreadNote,
        places: [...new Set(naming.map(({ jurisdiction }) => jurisdiction))],
        limitDays: findStrictestLimit(naming),
        warnsWhenUnread: warnsWhenUnread(book, code),
      },
    ];
  });
}

/** Finds the registries that list who may be called. A number that they do not list may not. */
export const findAllowLists = deriveFromBook(
  ({ rules }: RuleBook): ReadonlySet<string> =>
    new Set(
      rules.flatMap((rule) =>
        rule.type === "registry_scrub" && rule.value.polarity === "allow"
          ? rule.value.registry
          : [],
      ),
    ),
);

const findWarningRegistries = deriveFromBook(
  ({ registries }) =>
    new Set(registries.flatMap(({ id, unread }) => (unread === "warn" ? id : []))),
);

/** True if calls get a warning, not a refusal, while the registry is not connected. */
export const warnsWhenUnread = (book: RuleBook, code: string): boolean =>
  findWarningRegistries(book).has(code);

/** A registry that the rules of one jurisdiction require callers to check. */
export type RegistryRequirement = {
  code: string;
  name: string;
  ruleId: RuleId;
  /** Maximum age of an edition there; null if the rules leave it to the organization. */
  limitDays: number | null;
  /**
   * True if some consent outweighs a listing. With such a consent, a missing or old edition is only a warning, unless
   * the consent must be later than the listing.
   */
  isLifted: boolean;
  /** True if it applies only to some calls, such as those to companies. */
  isPartial: boolean;
  /** True if calls get a warning, not a refusal, while it is not connected. */
  warnsWhenUnread: boolean;
};

/** Lists the registries that each jurisdiction's own rules require on a day, without those of its parents. */
export function listRegistryRequirements(
  book: RuleBook,
  isoDate: string,
): Map<JurisdictionId, RegistryRequirement[]> {
  const demanded = new Map<JurisdictionId, RegistryRequirement[]>();
  for (const place of book.jurisdictions.keys()) {
    const rules = listScrubRules(book, place, isoDate);
    if (rules.length > 0) demanded.set(place, rules.map(toRequirement(book, place, isoDate)));
  }
  return demanded;
}

const listScrubRules = (book: RuleBook, place: JurisdictionId, isoDate: string) =>
  listRulesExceptBills(book, place).flatMap((rule) =>
    rule.type === "registry_scrub" && isInForce(rule, isoDate) && canRefuseCall(rule) ? [rule] : [],
  );

const toRequirement =
  (book: RuleBook, place: JurisdictionId, isoDate: string) =>
  ({ id, value, when }: RuleOfType<"registry_scrub">): RegistryRequirement => {
    const entry = book.registries.find((registry) => registry.id === value.registry);
    const naming = listLineage(book, place).flatMap((one) => listScrubRules(book, one, isoDate));
    return {
      code: value.registry,
      name: entry?.name ?? value.registry,
      ruleId: id,
      limitDays: findStrictestLimit(
        naming.filter((rule) => rule.value.registry === value.registry),
      ),
      isLifted: value.lifted_by_consent !== null,
      // Most people are no customers, so such a rule is one for all calls.
      isPartial: Object.keys(when).some((key) => key !== "relationship"),
      warnsWhenUnread: warnsWhenUnread(book, value.registry),
    };
  };

type ScrubRule = RuleOfType<"registry_scrub">;

/**
 * Returns the strictest age limit in days. Null if no rule sets one; 0 if each call needs a fresh look-up.
 */
export function findStrictestLimit(rules: readonly ScrubRule[]): number | null {
  const limits = rules.flatMap(({ value }) => toLimitDays(value.max_age) ?? []);
  return limits.length === 0 ? null : Math.min(...limits);
}

/**
 * Returns how many days old an edition of a registry may be under all rules of all places that name it on a day, or
 * `ownDays`, the organization's own limit, if no rule sets one. A call is judged only by the rules of its own
 * jurisdictions, which are never stricter than all rules together.
 */
export function resolveAgeLimit(
  books: readonly RuleBook[],
  isoDate: string,
  code: string,
  ownDays: number,
): number {
  const naming = books
    .flatMap((book) =>
      [...book.jurisdictions.keys()].flatMap((id) => listRulesExceptBills(book, id)),
    )
    .filter(isScrubRule)
    .filter((rule) => rule.value.registry === code && isInForce(rule, isoDate));
  return findStrictestLimit(naming) ?? ownDays;
}

const isScrubRule = (rule: Rule): rule is ScrubRule => rule.type === "registry_scrub";

/**
 * Number of days of each period. Cached, because every screening needs those of dozens of rules, which name few
 * periods.
 */
const daysOfPeriod = new Map<string, number>([["real_time_scrub", 0]]);

/** `real_time_scrub` demands an answer of the same moment, so it is 0. */
function toLimitDays(maxAge: ScrubRule["value"]["max_age"]): number | null {
  if (maxAge === undefined) return null;
  const days = daysOfPeriod.get(maxAge) ?? periodDays(maxAge);
  daysOfPeriod.set(maxAge, days);
  return days;
}
