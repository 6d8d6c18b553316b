import type { RuleOfType } from "../../people/jurisdiction/index.ts";
import type { ConsentEvent } from "../../consents/consent/index.ts";
import { addPeriod } from "../../platform/time/index.ts";
import { type Judging, rulesAbout } from "./judging-rules.ts";

/** The rule that ended a consent by an instant, and since when; null while it lasts. */
export function outlivedBy(
  grant: ConsentEvent,
  facts: { rules: readonly Judging[]; at: Date },
): { judging: Judging<RuleOfType<"consent_expiry">>; since: Date } | null {
  for (const judging of rulesAbout(facts, "consent_expiry")) {
    const { duration, if: condition } = judging.rule.value;
    if (duration === undefined || judging.effect !== "refuse") continue;
    if (condition === "no_period_stated" && grant.validUntil !== null) continue;
    const since = addPeriod(grant.at, duration, 1);
    if (since <= facts.at) return { judging, since };
  }
  return null;
}
