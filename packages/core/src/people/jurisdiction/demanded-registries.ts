import type { JurisdictionId, RuleId } from "./jurisdiction.ts";
import { warnsWhenUnread } from "./named-registries.ts";
import { strictestDays } from "./registry-limit.ts";
import { isInForce, type RuleOf } from "./rule.ts";
import { ruleBook } from "./rule-book.ts";
import { refuses, rulesOf } from "./rules-in-force.ts";
import { lineage } from "./with-parents.ts";

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
