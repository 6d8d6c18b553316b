import { type DayNumber, dayOf } from "../../platform/time/index.ts";
import type { JurisdictionId, RuleId } from "./jurisdiction.ts";
import type { Rule, RuleOf } from "./rule.ts";
import { ruleBook } from "./rule-book.ts";
import { refuses, rulesOf } from "./rules-in-force.ts";
import { codeOf, lawOf, type Timetable } from "./timetable.ts";
import { lineage } from "./with-parents.ts";

/** A rule that sets hours, by law or by a code that only warns. */
export type HoursRule = {
  rule: RuleOf<"calling_hours">;
  timetable: Timetable;
  isLaw: boolean;
  firstDay: DayNumber;
  lastDay: DayNumber;
};

/** Of every place, its own and those of the places it lies in; read once. */
const hoursRules: ReadonlyMap<JurisdictionId, readonly HoursRule[]> = new Map(
  [...ruleBook.jurisdictions.keys()].map((id) => [id, lineage(id).flatMap(readRules)]),
);

export const hoursRulesOf = (id: JurisdictionId) => hoursRules.get(id) ?? [];

function readRules(id: JurisdictionId): HoursRule[] {
  return rulesOf(id).flatMap((rule) => {
    if (rule.type !== "calling_hours") return [];
    const law = lawOf(rule);
    const timetable = law ?? codeOf(rule);
    if (timetable === null) return [];
    const firstDay =
      rule.effectiveFrom === null ? Number.NEGATIVE_INFINITY : dayOf(rule.effectiveFrom);
    const lastDay = rule.effectiveTo === null ? Number.POSITIVE_INFINITY : dayOf(rule.effectiveTo);
    return [{ rule, timetable, isLaw: law !== null, firstDay, lastDay }];
  });
}

export const isOn = ({ firstDay, lastDay }: HoursRule, day: DayNumber) =>
  firstDay <= day && day <= lastDay;

export type WarnOnly = ReadonlySet<RuleId> | undefined;

/** An officer may ease only what was written from memory. */
const isEased = ({ id, confidence }: Rule, warnOnly: WarnOnly) =>
  confidence === "C" && warnOnly?.has(id) === true;

/** Whether a call outside these hours is refused. */
export const forbids = ({ rule, isLaw }: HoursRule, warnOnly: WarnOnly) =>
  isLaw && refuses(rule) && !isEased(rule, warnOnly);

/** Whether it is only warned of. */
export const warns = ({ rule, isLaw }: HoursRule, warnOnly: WarnOnly) =>
  rule.effect === "warn" || (isLaw && refuses(rule) && isEased(rule, warnOnly));
