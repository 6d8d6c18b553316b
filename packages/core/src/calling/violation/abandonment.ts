import { type RuleId, ruleBook } from "../../people/jurisdiction/index.ts";
import { DAY_MS, periodDays } from "../../platform/time/index.ts";

/** Of a campaign's calls on one day that a rule counts: answered by a person, and of these abandoned. */
export type CampaignDay = { day: Date; answered: number; abandoned: number };

/** A span of a campaign in which too many were abandoned; `from` is its first day, UTC. */
export type OverLimit = {
  from: Date;
  answered: number;
  abandoned: number;
  /** The share that the rule allows, and in how many days. */
  limit: number;
  days: number;
  citation: string;
};

const limits = new Map(
  ruleBook.rules.flatMap((rule) =>
    rule.type === "abandoned_calls"
      ? [[rule.id, { citation: rule.citation, ...rule.value }] as const]
      : [],
  ),
);

/**
 * The spans in which a campaign abandoned more than the rule allows. Spans follow each other from its
 * first day (47 CFR 64.1200(a)(7)(i)): each is judged by itself, also one that still runs.
 */
export function findSpansOverLimit(ruleId: RuleId, counted: readonly CampaignDay[]): OverLimit[] {
  const rule = limits.get(ruleId);
  if (rule === undefined) return [];
  const days = periodDays(rule.window);
  const first = Math.min(...counted.map(({ day }) => day.getTime()));
  const spans = Map.groupBy(counted, ({ day }) =>
    Math.floor((day.getTime() - first) / (days * DAY_MS)),
  );
  return [...spans].flatMap(([n, of]) => {
    const answered = of.reduce((sum, one) => sum + one.answered, 0);
    const abandoned = of.reduce((sum, one) => sum + one.abandoned, 0);
    if (abandoned <= answered * rule.max_rate) return [];
    const from = new Date(first + n * days * DAY_MS);
    return [{ from, answered, abandoned, limit: rule.max_rate, days, citation: rule.citation }];
  });
}
