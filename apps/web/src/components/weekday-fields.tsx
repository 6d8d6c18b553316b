import { CircleAlert } from "lucide-react";
import { useFormatter } from "next-intl";
import { type ComponentProps, useId } from "react";
import { Checkbox } from "./checkbox";
import { Icon } from "./icon";

type WeekdayFieldsProps = {
  legend: string;
  fault?: string | undefined;
  /** Attributes of a weekday's box, 0 being Monday. */
  toBox: (day: number) => Omit<ComponentProps<typeof Checkbox>, "label">;
};

/** Checkboxes for the days of the week. */
export function WeekdayFields({ legend, fault, toBox }: WeekdayFieldsProps) {
  const format = useFormatter();
  const faultId = useId();
  return (
    <fieldset {...(fault && { "aria-describedby": faultId })}>
      <legend className="pb-1 font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {[0, 1, 2, 3, 4, 5, 6].map((day) => (
          <Checkbox
            key={day}
            // 1 January 2024 was a Monday.
            label={format.dateTime(new Date(Date.UTC(2024, 0, 1 + day)), {
              weekday: "long",
              timeZone: "UTC",
            })}
            {...toBox(day)}
          />
        ))}
      </div>
      {fault && (
        <p id={faultId} role="alert" className="flex gap-1.5 pt-1 text-sm font-medium text-refuse">
          <Icon of={CircleAlert} className="mt-px" />
          {fault}
        </p>
      )}
    </fieldset>
  );
}
