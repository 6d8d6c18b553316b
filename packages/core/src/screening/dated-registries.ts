import { ruleBook } from "../jurisdiction/index.ts";

/** The registries of which the day of a listing matters: consent lifts it only if it is the later. */
export const datedRegistries: readonly string[] = [
  ...new Set(
    ruleBook.rules.flatMap((rule) =>
      rule.type === "registry_scrub" && rule.value.lifted_by_consent === "later_than_listing"
        ? rule.value.registry
        : [],
    ),
  ),
];
