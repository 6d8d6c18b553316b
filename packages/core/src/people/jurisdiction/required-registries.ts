import type { JurisdictionId, RuleId } from "./jurisdiction.ts";
import { type Rule, type RuleOf, isInForce } from "./rule.ts";
import { lineage, ruleBook } from "./rule-book.ts";
import { refuses, rulesOf } from "./rules-in-force.ts";
import { periodDays } from "../../platform/time/index.ts";

/** A do-not-call registry that rules ask callers to check. */
export type NamedRegistry = {
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
export function namedRegistries(isoDate: string): NamedRegistry[] {
  const rules = [...ruleBook.jurisdictions.keys()]
    .flatMap(rulesOf)
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
        limitDays: strictestDays(naming),
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
export type DemandedRegistry = {
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
export function demandedRegistries(isoDate: string): Map<JurisdictionId, DemandedRegistry[]> {
  const demanded = new Map<JurisdictionId, DemandedRegistry[]>();
  for (const place of ruleBook.jurisdictions.keys()) {
    const rules = scrubsOf(place, isoDate);
    if (rules.length > 0) demanded.set(place, rules.map(demandIn(place, isoDate)));
  }
  return demanded;
}

const scrubsOf = (place: JurisdictionId, isoDate: string) =>
  rulesOf(place).flatMap((rule) =>
    rule.type === "registry_scrub" && isInForce(rule, isoDate) && refuses(rule) ? [rule] : [],
  );

const demandIn =
  (place: JurisdictionId, isoDate: string) =>
  ({ id, value, when }: RuleOf<"registry_scrub">): DemandedRegistry => {
    const entry = ruleBook.registries.find((registry) => registry.id === value.registry);
    const naming = lineage(place).flatMap((one) => scrubsOf(one, isoDate));
    return {
      code: value.registry,
      name: entry?.name ?? value.registry,
      ruleId: id,
      limitDays: strictestDays(naming.filter((rule) => rule.value.registry === value.registry)),
      isLifted: value.lifted_by_consent !== null,
      isPartial: Object.keys(when).length > 0,
      warnsWhenUnread: warnsWhenUnread(value.registry),
    };
  };

type ScrubRule = RuleOf<"registry_scrub">;

/** How old an edition may be by the strictest of rules, in days; null where none says, 0 where none may be. */
export function strictestDays(rules: readonly ScrubRule[]): number | null {
  const limits = rules.flatMap(({ id }) => limitOfRule.get(id) ?? []);
  return limits.length === 0 ? null : Math.min(...limits);
}

/**
 * How old an edition of a registry may be, by all rules that name it on a day; the organization's own
 * limit, where they set none. A call is judged by those of its own places, which are never stricter.
 */
export function limitDaysOn(isoDate: string, code: string, ownDays: number): number {
  const naming = [...ruleBook.jurisdictions.keys()]
    .flatMap(rulesOf)
    .filter(isScrub)
    .filter((rule) => rule.value.registry === code && isInForce(rule, isoDate));
  return strictestDays(naming) ?? ownDays;
}

const isScrub = (rule: Rule): rule is ScrubRule => rule.type === "registry_scrub";

/** `real_time_scrub` asks for an answer of the very instant. */
function limitOf(maxAge: string | undefined): number | null {
  if (maxAge === undefined) return null;
  return maxAge === "real_time_scrub" ? 0 : periodDays(maxAge);
}

/** In days, by rule. */
const limitOfRule = new Map(
  ruleBook.rules.filter(isScrub).map(({ id, value }) => [id, limitOf(value.max_age)]),
);
