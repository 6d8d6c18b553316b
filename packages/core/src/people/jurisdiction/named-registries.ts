import type { JurisdictionId } from "./jurisdiction.ts";
import { strictestDays } from "./registry-limit.ts";
import { isInForce } from "./rule.ts";
import { ruleBook } from "./rule-book.ts";
import { rulesOf } from "./rules-in-force.ts";

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
