import type { JurisdictionId, RuleId } from "./jurisdiction.ts";
import { type Rule, type RuleOfType, isInForce } from "./rule.ts";
import { listLineage, ruleBook } from "./rule-book.ts";
import { isMandatory, listEnforceableRules } from "./rules-in-force.ts";
import { periodDays } from "../../platform/time/index.ts";

/** A do-not-call registry that rules ask callers to check. */
export type RequiredRegistry = {
  code: string;
  name: string;
  /** Way in which its publisher distributes it; null if that is not known. */
  mode: string | null;
  /** Reason why it only warns while it is not connected; null if it refuses. */
  unreadNote: string | null;
  /** Whose rules name it. */
  places: readonly JurisdictionId[];
  /** How old an edition may be by the strictest of them; null where none says, 0 where none may be. */
  limitDays: number | null;
  /** True if calls get a warning, not a refusal, while it is not connected. */
  warnsWhenUnread: boolean;
};

/** Those of rules that are in force on a day, in the order of the rule book. */
export function listRequiredRegistries(isoDate: string): RequiredRegistry[] {
  const rules = [...ruleBook.jurisdictions.keys()]
    .flatMap(listEnforceableRules)
    .flatMap((rule) => (rule.type === "registry_scrub" && isInForce(rule, isoDate) ? [rule] : []));
  const rulesOfRegistry = Map.groupBy(rules, ({ value }) => value.registry);
  return ruleBook.registries.flatMap(({ id: code, name, mode, unread_note: unreadNote = null }) => {
    const naming = rulesOfRegistry.get(code);
    if (naming === undefined) return [];
    return [
      {
        code,
        name,
        mode: mode === "not found" ? null : mode,
        unreadNote,
        places: [...new Set(naming.map(({ jurisdiction }) => jurisdiction))],
        limitDays: findStrictestLimit(naming),
        warnsWhenUnread: warnsWhenUnread(code),
      },
    ];
  });
}

const warningRegistries = new Set(
  ruleBook.registries.flatMap(({ id, unread }) => (unread === "warn" ? id : [])),
);

/** True if calls get a warning, not a refusal, while the registry is not connected. */
export const warnsWhenUnread = (code: string): boolean => warningRegistries.has(code);

/** A registry that the rules of a place ask callers to check before they call there. */
export type RegistryRequirement = {
  code: string;
  name: string;
  ruleId: RuleId;
  /** How old an edition may be there; null where the rules leave it to the organization. */
  limitDays: number | null;
  /** Whether some consent makes a listing nothing, and the age of the list with it. */
  isLifted: boolean;
  /** Whether it concerns some calls alone, as those to companies. */
  isPartial: boolean;
  /** True if calls get a warning, not a refusal, while it is not connected. */
  warnsWhenUnread: boolean;
};

/** By place, what its own rules ask on a day, and not those of what it lies in. */
export function listRegistryRequirements(
  isoDate: string,
): Map<JurisdictionId, RegistryRequirement[]> {
  const demanded = new Map<JurisdictionId, RegistryRequirement[]>();
  for (const place of ruleBook.jurisdictions.keys()) {
    const rules = listScrubRules(place, isoDate);
    if (rules.length > 0) demanded.set(place, rules.map(toRequirement(place, isoDate)));
  }
  return demanded;
}

const listScrubRules = (place: JurisdictionId, isoDate: string) =>
  listEnforceableRules(place).flatMap((rule) =>
    rule.type === "registry_scrub" && isInForce(rule, isoDate) && isMandatory(rule) ? [rule] : [],
  );

const toRequirement =
  (place: JurisdictionId, isoDate: string) =>
  ({ id, value, when }: RuleOfType<"registry_scrub">): RegistryRequirement => {
    const entry = ruleBook.registries.find((registry) => registry.id === value.registry);
    const naming = listLineage(place).flatMap((one) => listScrubRules(one, isoDate));
    return {
      code: value.registry,
      name: entry?.name ?? value.registry,
      ruleId: id,
      limitDays: findStrictestLimit(
        naming.filter((rule) => rule.value.registry === value.registry),
      ),
      isLifted: value.lifted_by_consent !== null,
      isPartial: Object.keys(when).length > 0,
      warnsWhenUnread: warnsWhenUnread(value.registry),
    };
  };

type ScrubRule = RuleOfType<"registry_scrub">;

/** How old an edition may be by the strictest of rules, in days; null where none says, 0 where none may be. */
export function findStrictestLimit(rules: readonly ScrubRule[]): number | null {
  const limits = rules.flatMap(({ id }) => limitDaysByRule.get(id) ?? []);
  return limits.length === 0 ? null : Math.min(...limits);
}

/**
 * How old an edition of a registry may be, by all rules that name it on a day; the organization's own
 * limit, where they set none. A call is judged by those of its own places, which are never stricter.
 */
export function resolveAgeLimit(isoDate: string, code: string, ownDays: number): number {
  const naming = [...ruleBook.jurisdictions.keys()]
    .flatMap(listEnforceableRules)
    .filter(isScrubRule)
    .filter((rule) => rule.value.registry === code && isInForce(rule, isoDate));
  return findStrictestLimit(naming) ?? ownDays;
}

const isScrubRule = (rule: Rule): rule is ScrubRule => rule.type === "registry_scrub";

/** `real_time_scrub` asks for an answer of the very instant. */
function toLimitDays(maxAge: string | undefined): number | null {
  if (maxAge === undefined) return null;
  return maxAge === "real_time_scrub" ? 0 : periodDays(maxAge);
}

/** In days, by rule. */
const limitDaysByRule = new Map(
  ruleBook.rules.filter(isScrubRule).map(({ id, value }) => [id, toLimitDays(value.max_age)]),
);
