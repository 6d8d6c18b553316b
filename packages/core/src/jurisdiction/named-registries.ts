import type { JurisdictionId } from "./jurisdiction.ts";
import { strictestDays } from "./registry-limit.ts";
import { isInForce } from "./rule.ts";
import { ruleBook } from "./rule-book.ts";
import { rulesOf } from "./rules-in-force.ts";

/** A do-not-call registry that rules ask callers to check. */
export type NamedRegistry = {
  code: string;
  name: string;
  /** Whose rules name it. */
  places: readonly JurisdictionId[];
  /** How old an edition may be by the strictest of them; null where none says, 0 where none may be. */
  limitDays: number | null;
  /** Its file format is known: until it is connected and read, calls that it covers are refused. */
  isReadable: boolean;
};

/** Those of rules that are in force on a day, in the order of the rule book. */
export function namedRegistries(isoDate: string): NamedRegistry[] {
  const rules = [...ruleBook.jurisdictions.keys()]
    .flatMap(rulesOf)
    .flatMap((rule) => (rule.type === "registry_scrub" && isInForce(rule, isoDate) ? [rule] : []));
  const rulesOfRegistry = Map.groupBy(rules, ({ value }) => value.registry);
  return ruleBook.registries.flatMap(({ id: code, name, format }) => {
    const naming = rulesOfRegistry.get(code);
    if (naming === undefined) return [];
    return [
      {
        code,
        name,
        places: [...new Set(naming.map(({ jurisdiction }) => jurisdiction))],
        limitDays: strictestDays(naming),
        isReadable: hasKnownFormat(format),
      },
    ];
  });
}

/** Nothing but the organization keeps such a registry from being read. */
export const hasKnownFormat = (format: string) => format.startsWith("F-");
