"use client";

import { defaultHours } from "@ringfence/core/people/jurisdiction";
import { type OpenWindow, Weekday } from "@ringfence/core/platform/time";
import type { OrganizationHours } from "@ringfence/core/account/organization";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Checkbox } from "@/components/checkbox";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { WeekdayFields } from "@/components/weekday-fields";

const noHours: OpenWindow = { days: [], from: "", to: "" };

/** Hours of the organization's own, or none; they begin as the product comes. */
export function HoursFields({ hours }: { hours: OrganizationHours | null }) {
  const t = useTranslations("organization");
  const [isOwn, setIsOwn] = useState(hours !== null);
  const { windows, holidaysClosed } = hours ?? defaultHours;
  const [{ days, from, to } = noHours] = windows;
  return (
    <fieldset className="grid gap-4">
      <legend className="pb-1 font-medium">{t("hours")}</legend>
      <Checkbox
        name="ownHours"
        label={t("ownHours")}
        hint={t("ownHoursHint")}
        checked={isOwn}
        onChange={({ currentTarget }) => setIsOwn(currentTarget.checked)}
      />
      {isOwn && (
        <>
          <WeekdayFields
            legend={t("days")}
            boxOf={(index) => {
              const day = Weekday.options[index] ?? "MO";
              return { name: "days", value: day, defaultChecked: days.includes(day) };
            }}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <Hour name="from" label={t("from")} hint={t("fromHint")} hour={from} />
            <Hour name="to" label={t("to")} hint={t("toHint")} hour={to} />
          </div>
          <Checkbox
            name="holidaysClosed"
            label={t("holidaysClosed")}
            hint={t("holidaysClosedHint")}
            defaultChecked={holidaysClosed}
          />
        </>
      )}
    </fieldset>
  );
}

type HourProps = { name: "from" | "to"; label: string; hint: string; hour: string };

const Hour = ({ name, label, hint, hour }: HourProps) => (
  <Field label={label} hint={hint}>
    {(wired) => (
      <Input
        {...wired}
        name={name}
        required
        pattern="([01]\d|2[0-3]):[0-5]\d|24:00"
        inputMode="numeric"
        defaultValue={hour}
      />
    )}
  </Field>
);
