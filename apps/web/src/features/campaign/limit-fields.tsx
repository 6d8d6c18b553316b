import { Weekday } from "@ringfence/core/jurisdiction";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/checkbox";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import type { PlanShown } from "./campaign-choices";

/** When it calls, how often a person, who goes first, and when it stops itself. */
export function LimitFields({ plan }: { plan: PlanShown }) {
  const t = useTranslations("campaignForm");
  const numbers = [
    ["capCalls", plan.cap.calls, 1, 10],
    ["capDays", plan.cap.days, 1, 30],
    ["priority", plan.priority, 1, 100],
    ["refusalLimit", Math.round(plan.refusalLimit * 1_000) / 10, 1, 90],
  ] as const;
  return (
    <>
      <DayFields days={plan.hours.days} />
      <div className="grid gap-4 sm:grid-cols-2">
        {(["from", "to"] as const).map((end) => (
          <Field key={end} label={t(end)} hint={t(`${end}Hint`)}>
            {(wired) => (
              <Input
                {...wired}
                name={end}
                required
                pattern="([01]\d|2[0-3]):[0-5]\d|24:00"
                inputMode="numeric"
                defaultValue={plan.hours[end]}
              />
            )}
          </Field>
        ))}
        {numbers.map(([name, value, min, max]) => (
          <Field key={name} label={t(name)} hint={t(`${name}Hint`)}>
            {(wired) => (
              <Input
                {...wired}
                name={name}
                type="number"
                required
                min={min}
                max={max}
                defaultValue={value}
              />
            )}
          </Field>
        ))}
      </div>
    </>
  );
}

function DayFields({ days }: { days: readonly Weekday[] }) {
  const t = useTranslations("campaignForm");
  const names = useTranslations("weekdays");
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{t("days")}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1.5">
        {Weekday.options.map((day) => (
          <Checkbox
            key={day}
            name="days"
            value={day}
            label={names(day)}
            defaultChecked={days.includes(day)}
          />
        ))}
      </div>
    </fieldset>
  );
}
