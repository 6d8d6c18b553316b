import type { ComponentProps, ReactNode } from "react";

type Choice<Value extends string> = {
  value: Value;
  label: string;
  hint?: ReactNode;
  /** Keyboard shortcut of the choice, on pages that have shortcuts. */
  shortcut?: string;
};

type RadioGroupProps<Value extends string> = {
  legend: ReactNode;
  choices: readonly Choice<Value>[];
  /** Attributes for every radio button: `name`, and a form library's registration. */
  radio: Omit<ComponentProps<"input">, "type" | "value" | "defaultChecked" | "className">;
  chosen?: Value;
};

/** Radio buttons for a few choices, each with room for a hint. */
export const RadioGroup = <Value extends string>({
  legend,
  choices,
  radio,
  chosen,
}: RadioGroupProps<Value>) => (
  <fieldset className="grid gap-1">
    <legend className="pb-1 font-medium">{legend}</legend>
    <div>
      {choices.map(({ value, label, hint, shortcut }) => (
        <label key={value} className="pick">
          {shortcut && <kbd>{shortcut}</kbd>}
          <span className="col-start-2">
            <b>{label}</b>
            {hint && <small>{hint}</small>}
          </span>
          <input
            type="radio"
            {...radio}
            value={value}
            {...(chosen !== undefined && { defaultChecked: value === chosen })}
          />
        </label>
      ))}
    </div>
  </fieldset>
);
