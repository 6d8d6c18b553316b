import { type RuleBook, type RuleId, deriveFromBook } from "../../people/jurisdiction/index.ts";
import { DAY_MS, periodDays } from "../../platform/time/index.ts";

/** A campaign's calls on one day that a rule counts: those answered by a person, and the abandoned ones of these. */
export type CampaignDay = { day: Date; answered: number; abandoned: number };

/** A period in which a campaign abandoned too many calls. `from` is its first day, in UTC. */
export type OverLimit = {
  from: Date;
  answered: number;
  abandoned: number;
  /** The share that the rule allows. */
  limit: number;
  /** Length of the period. */
  days: number;
  citation: string;
};

const mapLimits = deriveFromBook(
  ({ rules }) =>
    new Map(
      rules.flatMap((rule) =>
        rule.type === "abandoned_calls"
          ? [[rule.id, { citation: rule.citation, ...rule.value }] as const]
          : [],
      ),
    ),
);

/**
 * Finds the periods in which a campaign abandoned more calls than the rule allows. Periods follow each other
 * from its first day (47 CFR 64.1200(a)(7)(i)), or from `begin`, the first day of any period that was found before: a
 * log that arrives late must not move periods that are on record. Each is judged separately, including the current
 * one. None is found if the rule is no longer in the rule book.
 */
export function findSpansOverLimit(
  law: RuleBook,
  ruleId: RuleId,
  counted: readonly CampaignDay[],
  begin: Date | null = null,
): OverLimit[] {
  const rule = mapLimits(law).get(ruleId);
  if (rule === undefined) return [];
  const days = periodDays(rule.window);
  const first = begin?.getTime() ?? Math.min(...counted.map(({ day }) => day.getTime()));
  const spans = Map.groupBy(counted, ({ day }) =>
    Math.floor((day.getTime() - first) / (days * DAY_MS)),
  );
  return [...spans].flatMap(([index, daysOfSpan]) => {
    const answered = daysOfSpan.reduce((sum, day) => sum + day.answered, 0);
    const abandoned = daysOfSpan.reduce((sum, day) => sum + day.abandoned, 0);
    if (abandoned <= answered * rule.max_rate) return [];
    const from = new Date(first + index * days * DAY_MS);
    return [{ from, answered, abandoned, limit: rule.max_rate, days, citation: rule.citation }];
  });
}
