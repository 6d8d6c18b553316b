import { localClock } from "../../platform/time/index.ts";
import type { HoursFault, HoursInput } from "./hours.ts";
import { faultOf } from "./hours-fault.ts";
import { isOpen, readingOf } from "./hours-plan.ts";
import { hoursRulesOf, isOn, warns } from "./hours-rules.ts";
import { concerns } from "./rules-in-force.ts";

/** What a call at its hour would break without being refused: codes of an industry, and rules set to warn. */
export function hoursWarnings(input: HoursInput): readonly HoursFault[] {
  const { at, zones, jurisdictions, facts, warnOnly } = input;
  const rules = [...new Set(jurisdictions.flatMap(hoursRulesOf))].filter(
    (hours) => warns(hours, warnOnly) && concerns(hours.rule, facts),
  );
  return rules.flatMap((hours) => {
    const { timetable } = hours;
    const shut = zones
      .filter((zone) => isOn(hours, localClock(zone, at.getTime()).day))
      .map((zone) => readingOf(timetable, timetable.zone ?? zone, at.getTime()))
      .find((reading) => !isOpen(reading));
    if (shut === undefined) return [];
    return [faultOf(shut, shut.spans.length === 0 ? "day-not-allowed" : "outside-calling-hours")];
  });
}
