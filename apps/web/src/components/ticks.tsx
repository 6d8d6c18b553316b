import { Checkbox } from "./checkbox";

type TicksProps<Value extends string> = {
  legend: string;
  hint?: string;
  choices: readonly { value: Value; label: string; hint?: string }[];
  chosen: readonly Value[];
  onChosen: (chosen: readonly Value[]) => void;
  fault?: string | null;
};

/** Checkboxes for any number of choices. */
export const Ticks = <Value extends string>(props: TicksProps<Value>) => (
  <fieldset className="grid gap-1.5">
    <legend className="mb-1 font-medium">{props.legend}</legend>
    {props.hint && <p className="text-sm text-muted">{props.hint}</p>}
    {props.choices.map(({ value, label, hint }) => (
      <Checkbox
        key={value}
        label={label}
        hint={hint && <code className="font-mono">{hint}</code>}
        checked={props.chosen.includes(value)}
        onChange={({ currentTarget: { checked } }) =>
          props.onChosen(
            checked ? [...props.chosen, value] : props.chosen.filter((other) => other !== value),
          )
        }
      />
    ))}
    {props.fault && (
      <p role="alert" className="text-sm font-medium text-refuse">
        {props.fault}
      </p>
    )}
  </fieldset>
);
