"use client";

import { ReadingSchedule } from "@ringfence/core/do-not-call/registry";
import { formatMinute } from "@ringfence/core/platform/time";
import { useTranslations } from "next-intl";
import { Field, Input, WeekdayFields } from "./fields";

type ScheduleFieldsProps = {
  schedule: ReadingSchedule;
  onSchedule: (schedule: ReadingSchedule) => void;
  /** True after an attempt to save: each fault is then shown at its field. */
  isTried: boolean;
  /** Hints that explain the start time and the time span. */
  hints: { from: string; within: string };
};

/** Fields for the start time, the time span and the weekdays of a schedule. */
export function ScheduleFields({ schedule, onSchedule, isTried, hints }: ScheduleFieldsProps) {
  const t = useTranslations("schedule");
  const { fromMinute, withinMinutes, weekdays } = schedule;
  const issues = isTried ? (ReadingSchedule.safeParse(schedule).error?.issues ?? []) : [];
  const findFault = (field: keyof ReadingSchedule) =>
    issues.some(({ path }) => path[0] === field) ? t(`faults.${field}`) : undefined;
  const turn = (day: number, isOn: boolean) => {
    const others = weekdays.filter((other) => other !== day);
    const chosen = (isOn ? [...others, day] : others).toSorted((a, b) => a - b);
    onSchedule({ ...schedule, weekdays: chosen });
  };
  return (
    <div className="grid gap-5">
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={t("from")} hint={hints.from} fault={findFault("fromMinute")}>
          {(wired) => (
            <Input
              {...wired}
              type="time"
              defaultValue={formatMinute(fromMinute)}
              onChange={({ currentTarget }) =>
                onSchedule({ ...schedule, fromMinute: parseMinute(currentTarget.value) })
              }
            />
          )}
        </Field>
        <Field label={t("within")} hint={hints.within} fault={findFault("withinMinutes")}>
          {(wired) => (
            <Input
              {...wired}
              type="number"
              min={0}
              max={720}
              defaultValue={withinMinutes}
              onChange={({ currentTarget }) =>
                onSchedule({ ...schedule, withinMinutes: currentTarget.valueAsNumber })
              }
            />
          )}
        </Field>
      </div>
      <WeekdayFields
        legend={t("weekdays")}
        fault={findFault("weekdays")}
        toBox={(day) => ({
          checked: weekdays.includes(day),
          onChange: ({ currentTarget }) => turn(day, currentTarget.checked),
        })}
      />
    </div>
  );
}

/** Parses a time into minutes; NaN while the browser has no complete time. */
function parseMinute(time: string): number {
  const [hours = "", minutes = ""] = time.split(":");
  return minutes === "" ? Number.NaN : Number(hours) * 60 + Number(minutes);
}
