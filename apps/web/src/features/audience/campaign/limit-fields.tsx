import { Weekday } from "@ringfence/core/people/jurisdiction";
import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { WeekdayFields } from "@/components/weekday-fields";
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
      <WeekdayFields
        legend={t("days")}
        boxOf={(index) => {
          const day = Weekday.options[index] ?? "MO";
          return { name: "days", value: day, defaultChecked: plan.hours.days.includes(day) };
        }}
      />
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
