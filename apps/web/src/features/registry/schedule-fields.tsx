"use client";

import type { ReadingSchedule } from "@ringfence/core/registry";
import { timeOf } from "@ringfence/core/time";
import { useFormatter, useTranslations } from "next-intl";
import { Checkbox } from "@/components/checkbox";
import { Field } from "@/components/field";
import { Input } from "@/components/input";

type ScheduleFieldsProps = {
  schedule: ReadingSchedule;
  onSchedule: (schedule: ReadingSchedule) => void;
  fault: string | undefined;
};

/** From when, over how long, and on which weekdays registries are read. */
export function ScheduleFields({ schedule, onSchedule, fault }: ScheduleFieldsProps) {
  const t = useTranslations("schedule");
  const { fromMinute, withinMinutes } = schedule;
  return (
    <div className="grid gap-5">
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={t("from")} hint={t("fromHint")} fault={fault}>
          {(wired) => (
            <Input
              {...wired}
              type="time"
              defaultValue={timeOf(fromMinute)}
              onChange={({ currentTarget }) =>
                onSchedule({ ...schedule, fromMinute: minuteIn(currentTarget.value) })
              }
            />
          )}
        </Field>
        <Field label={t("within")} hint={t("withinHint")}>
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
      <Weekdays schedule={schedule} onSchedule={onSchedule} />
    </div>
  );
}

/** NaN where the browser has no whole time yet. */
function minuteIn(time: string): number {
  const [hours = "", minutes = ""] = time.split(":");
  return minutes === "" ? Number.NaN : Number(hours) * 60 + Number(minutes);
}

function Weekdays({ schedule, onSchedule }: Omit<ScheduleFieldsProps, "fault">) {
  const t = useTranslations("schedule");
  const format = useFormatter();
  const { weekdays } = schedule;
  const turn = (day: number, isOn: boolean) => {
    const others = weekdays.filter((other) => other !== day);
    const chosen = (isOn ? [...others, day] : others).toSorted((a, b) => a - b);
    onSchedule({ ...schedule, weekdays: chosen });
  };
  return (
    <fieldset>
      <legend className="pb-1 font-medium">{t("weekdays")}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {[0, 1, 2, 3, 4, 5, 6].map((day) => (
          <Checkbox
            key={day}
            // 2024 began on a Monday.
            label={format.dateTime(new Date(Date.UTC(2024, 0, 1 + day)), {
              weekday: "long",
              timeZone: "UTC",
            })}
            checked={weekdays.includes(day)}
            onChange={({ currentTarget }) => turn(day, currentTarget.checked)}
          />
        ))}
      </div>
    </fieldset>
  );
}
