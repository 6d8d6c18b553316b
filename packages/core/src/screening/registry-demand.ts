import { hasKnownFormat, type RuleOf, ruleBook, strictestDays } from "../jurisdiction/index.ts";
import type { RegistryFact, ScreeningFacts } from "./facts.ts";
import { type Judging, rulesAbout } from "./judging-rules.ts";
import { portedRegistry } from "./line-type-of.ts";

/** A registry that a call must be checked against, and how old its edition may be. */
export type RegistryDemand = {
  registry: string;
  /** None for a list of the organization's own, which is always checked. */
  rules: readonly Judging<RuleOf<"registry_scrub">>[];
  /** Null where it is not connected. */
  fact: RegistryFact | null;
  limitDays: number;
};

/** Those that rules in force name, if they are connected or could be, and those that no rule knows. */
export function registryDemands(
  facts: Pick<ScreeningFacts, "registries"> & { rules: readonly Judging[] },
): RegistryDemand[] {
  const factOf = new Map(facts.registries.map((fact) => [fact.registry, fact]));
  const rulesOf = Map.groupBy(
    rulesAbout(facts, "registry_scrub"),
    ({ rule }) => rule.value.registry,
  );

  const asked = [...rulesOf].filter(([registry]) => factOf.has(registry) || readable.has(registry));
  const own = facts.registries.filter(
    ({ registry }) => !named.has(registry) && !tellingRegistries.has(registry),
  );
  return [
    ...asked.map(([registry, rules]) => demandOf(registry, rules, factOf.get(registry) ?? null)),
    ...own.map((fact) => demandOf(fact.registry, [], fact)),
  ];
}

const demandOf = (
  registry: string,
  rules: readonly Judging<RuleOf<"registry_scrub">>[],
  fact: RegistryFact | null,
): RegistryDemand => ({
  registry,
  rules,
  fact,
  // The organization's own limit, where rules set none.
  limitDays: strictestDays(rules.map(({ rule }) => rule)) ?? fact?.maxAgeDays ?? 0,
});

const scrubs = ruleBook.rules.filter((rule) => rule.type === "registry_scrub");

/** All that any rule names, of any place and any day. */
const named = new Set(scrubs.map(({ value }) => value.registry));

/** They tell who has a number, or on what line, and not that it may not be called. */
export const tellingRegistries: ReadonlySet<string> = new Set(["US-FCC-RND", portedRegistry]);

/** Whose file format is known, so that nothing but the organization keeps it from being read. */
const readable = new Set(
  ruleBook.registries.filter(({ format }) => hasKnownFormat(format)).map(({ id }) => id),
);
