import {
  type RuleBook,
  type RuleOfType,
  deriveFromBook,
  findStrictestLimit,
  warnsWhenUnread,
} from "../../people/jurisdiction/index.ts";
import type { RegistryFact, ScreeningFacts } from "./facts.ts";
import { type AppliedRule, filterRules } from "./applied-rules.ts";
import { portedRegistry } from "./line-type.ts";

/** A registry that a call must be checked against, and how old its edition may be. */
export type RegistryDemand = {
  registry: string;
  /** Rules that require the registry. Empty for the organization's own lists, which are always checked. */
  rules: readonly AppliedRule<RuleOfType<"registry_scrub">>[];
  /** Null if the registry is not connected. */
  fact: RegistryFact | null;
  /** Time at which it was disconnected; null if it is connected, or never was. */
  disconnectedAt: Date | null;
  /** True if calls get a warning, not a refusal, while it is not connected. */
  warnsWhenUnread: boolean;
  /** Most days since its source was last verified. With 0, it must have been verified at the instant of the call. */
  limitDays: number;
};

/**
 * Lists, each once, every registry that applied rules name, connected or not, and the connected ones that no rule of
 * any place or day names: the organization's own lists. Registries that only inform about a number are left out.
 */
export function listRegistryDemands(
  facts: Pick<ScreeningFacts, "law" | "registries" | "disconnected"> & {
    rules: readonly AppliedRule[];
  },
): RegistryDemand[] {
  const factByRegistry = new Map(facts.registries.map((fact) => [fact.registry, fact]));
  const rulesByRegistry = Map.groupBy(
    filterRules(facts, "registry_scrub"),
    ({ rule }) => rule.value.registry,
  );
  const namedRegistries = findNamedRegistries(facts.law);
  const own = facts.registries.filter(
    ({ registry }) => !namedRegistries.has(registry) && !informingRegistries.has(registry),
  );
  return [
    ...[...rulesByRegistry].map(([registry, rules]) =>
      toDemand(registry, rules, factByRegistry, facts),
    ),
    ...own.map(({ registry }) => toDemand(registry, [], factByRegistry, facts)),
  ];
}

function toDemand(
  registry: string,
  rules: readonly AppliedRule<RuleOfType<"registry_scrub">>[],
  factByRegistry: ReadonlyMap<string, RegistryFact>,
  { law, disconnected }: Pick<ScreeningFacts, "law" | "disconnected">,
): RegistryDemand {
  const fact = factByRegistry.get(registry) ?? null;
  return {
    registry,
    rules,
    fact,
    disconnectedAt: disconnected.find((one) => one.registry === registry)?.at ?? null,
    warnsWhenUnread: warnsWhenUnread(law, registry),
    // The organization's own limit, where rules set none. Without any, every edition is too old.
    limitDays: findStrictestLimit(rules.map(({ rule }) => rule)) ?? fact?.maxAgeDays ?? 0,
  };
}

/** Registries that any rule names, in any place and on any day. */
const findNamedRegistries = deriveFromBook(
  ({ rules }) =>
    new Set(rules.flatMap((rule) => (rule.type === "registry_scrub" ? rule.value.registry : []))),
);

/** Registries that say who has a number or what line it is on, and never that it may not be called. */
export const informingRegistries: ReadonlySet<string> = new Set(["US-FCC-RND", portedRegistry]);

/**
 * Lists the registries for which the day of a listing matters: only a later consent lifts the listing, or the
 * listing is a port, after which there are days of grace.
 */
export const listDatedRegistries = deriveFromBook(({ rules }: RuleBook): readonly string[] => [
  portedRegistry,
  ...new Set(
    rules.flatMap((rule) =>
      rule.type === "registry_scrub" && rule.value.lifted_by_consent === "later_than_listing"
        ? rule.value.registry
        : [],
    ),
  ),
]);
