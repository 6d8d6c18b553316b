import { ruleBook } from "../../people/jurisdiction/index.ts";
import { portedRegistry } from "./line-type-of.ts";

/**
 * The registries of which the day of a listing matters: consent lifts it only if it is the later, or it
 * is a port, behind which there are days of grace.
 */
export const datedRegistries: readonly string[] = [
  portedRegistry,
  ...new Set(
    ruleBook.rules.flatMap((rule) =>
      rule.type === "registry_scrub" && rule.value.lifted_by_consent === "later_than_listing"
        ? rule.value.registry
        : [],
    ),
  ),
];
