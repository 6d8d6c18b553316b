import { CircleAlert } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type ComponentProps, type ReactNode, useId } from "react";
import { Icon } from "./icons";

/** Attributes that connect a control to its label, hint and fault. */
type Wired = { id: string; "aria-describedby"?: string; "aria-invalid"?: true };

type FieldProps = {
  label: string;
  hint?: ReactNode;
  /** Says how to correct the input, not only that it is wrong. */
  fault?: string | undefined;
  isOptional?: boolean;
  /** True if the label is only for screen readers. */
  isLabelHidden?: boolean;
  children: (wired: Wired) => ReactNode;
};

/** Label, control, hint and fault. Screen readers announce hint and fault with the control. */
export function Field({ label, hint, fault, isOptional, isLabelHidden, children }: FieldProps) {
  const t = useTranslations("field");
  const id = useId();
  const { hintId, faultId, describedBy } = describe(id, hint, fault);
  const wired: Wired = {
    id,
    ...(describedBy && { "aria-describedby": describedBy }),
    ...(fault && { "aria-invalid": true as const }),
  };
  return (
    <div className="grid content-start gap-1">
      <label htmlFor={id} className={isLabelHidden ? "sr-only" : "font-medium"}>
        {label}
        {isOptional && <span className="font-normal text-muted"> {t("optional")}</span>}
      </label>
      {children(wired)}
      {fault && (
        <p id={faultId} role="alert" className="flex gap-1.5 text-sm font-medium text-refuse">
          <Icon of={CircleAlert} className="mt-px" />
          {fault}
        </p>
      )}
      {hint && <Hint id={hintId}>{hint}</Hint>}
    </div>
  );
}

/** Ids of the hint and the fault of a control, and the list of those that describe it. */
function describe(id: string, hint: ReactNode, fault: ReactNode) {
  const [hintId, faultId] = [`${id}-hint`, `${id}-fault`];
  const describedBy = [fault && faultId, hint && hintId].filter(Boolean).join(" ");
  return { hintId, faultId, describedBy };
}

const Hint = ({ id, children }: { id: string; children: ReactNode }) => (
  <p id={id} className="text-sm text-muted">
    {children}
  </p>
);

export const Input = (input: Omit<ComponentProps<"input">, "className">) => (
  <input {...input} className={CONTROL} />
);

/** The browser's own select: it works before scripts load, and is a wheel on phones. */
export const Select = (select: Omit<ComponentProps<"select">, "className">) => (
  <select {...select} className={`${CONTROL} select pr-8`} />
);

export const Textarea = ({ rows = 3, ...area }: Omit<ComponentProps<"textarea">, "className">) => (
  <textarea rows={rows} {...area} className={CONTROL} />
);

/** Common style of inputs, selects and text areas. */
export const CONTROL =
  "min-h-8 w-full rounded-md border border-line-strong bg-raised px-2.5 py-1 text-base placeholder:text-muted focus-visible:-outline-offset-1 focus-visible:rounded-md aria-invalid:border-refuse aria-invalid:shadow-[inset_0_0_0_1px_var(--refuse)] pointer-coarse:min-h-10";

type TextFieldProps = {
  words: { label: string; hint: string; fault: string };
  isFault: boolean;
  isSecret?: boolean;
  value: string;
  onText: (text: string) => void;
};

/** Single-line text field with its fault. A secret is masked. */
export const TextField = ({ words, isFault, isSecret = false, value, onText }: TextFieldProps) => (
  <Field label={words.label} hint={words.hint} fault={isFault ? words.fault : undefined}>
    {(wired) => (
      <Input
        {...wired}
        type={isSecret ? "password" : "text"}
        autoComplete={isSecret ? "new-password" : "off"}
        value={value}
        onChange={({ currentTarget }) => onText(currentTarget.value)}
      />
    )}
  </Field>
);

type SecretTextProps = Omit<Parameters<typeof Textarea>[0], "onChange" | "value"> & {
  secret: string;
  onSecret: (secret: string) => void;
};

/** Field for a password, or for a private key of several lines. */
export const SecretText = ({ secret, onSecret, ...area }: SecretTextProps) => (
  <Textarea
    {...area}
    value={secret}
    autoComplete="off"
    spellCheck={false}
    onChange={({ currentTarget }) => onSecret(currentTarget.value)}
  />
);

export type Choice<Key extends string = string> = { key: Key; name: string };

type ChoiceFieldProps<Key extends string> = {
  label: string;
  hint?: ReactNode;
  choices: readonly Choice<Key>[];
  chosen: Key;
  onChoose: (key: Key) => void;
};

/** Select with a named choice for each key. */
export const ChoiceField = <Key extends string>({
  label,
  hint,
  choices,
  chosen,
  onChoose,
}: ChoiceFieldProps<Key>) => (
  <Field label={label} hint={hint}>
    {(wired) => (
      <Select
        {...wired}
        value={chosen}
        onChange={({ currentTarget }) => {
          const choice = choices.find(({ key }) => key === currentTarget.value);
          if (choice) onChoose(choice.key);
        }}
      >
        {choices.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </Select>
    )}
  </Field>
);

type CheckboxProps = Omit<ComponentProps<"input">, "className" | "type"> & {
  label: string;
  hint?: ReactNode;
};

export const Checkbox = ({ label, hint, ...input }: CheckboxProps) => (
  <label className="grid min-h-6 grid-cols-[1rem_minmax(0,1fr)] items-baseline gap-x-2">
    <input type="checkbox" {...input} className="translate-y-0.5" />
    <span>{label}</span>
    {hint && <span className="col-start-2 text-sm text-muted">{hint}</span>}
  </label>
);

type ControlledCheckboxesProps<Value extends string> = {
  legend: string;
  hint?: string;
  choices: readonly { value: Value; label: string; hint?: string }[];
  chosen: readonly Value[];
  onChosen: (chosen: readonly Value[]) => void;
  fault?: string | null;
};

/** Checkboxes for any number of choices, whose state the parent holds. */
export const ControlledCheckboxes = <Value extends string>(
  props: ControlledCheckboxesProps<Value>,
) => (
  <fieldset className="grid content-start gap-1.5">
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

type RadioChoice<Value extends string> = {
  value: Value;
  label: string;
  hint?: ReactNode;
  /** Keyboard shortcut of the choice, on pages that have shortcuts. */
  shortcut?: string;
};

type RadioGroupProps<Value extends string> = {
  legend: ReactNode;
  choices: readonly RadioChoice<Value>[];
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

type PasswordFieldProps = Omit<FieldProps, "children"> & { name: "password" | "newPassword" };

/** Password field. Browsers fill in the current password, and suggest a new one. */
export const PasswordField = ({ name, ...field }: PasswordFieldProps) => (
  <Field {...field}>
    {(wired) => (
      <Input
        {...wired}
        name={name}
        type="password"
        autoComplete={name === "newPassword" ? "new-password" : "current-password"}
        required
      />
    )}
  </Field>
);

/** Field `reason` for a reason that goes on record. */
export const ReasonField = (field: { label: string; hint: string }) => (
  <Field {...field}>
    {(wired) => <Textarea {...wired} name="reason" required minLength={10} maxLength={500} />}
  </Field>
);

type SelectFieldProps = {
  name: string;
  label: string;
  hint?: string;
  choices: readonly Choice[];
  chosen: string | undefined;
};

/** Select whose value is sent with its form. */
export const SelectField = ({ name, label, hint, choices, chosen }: SelectFieldProps) => (
  <Field label={label} hint={hint}>
    {(wired) => (
      <Select {...wired} name={name} defaultValue={chosen}>
        {choices.map((choice) => (
          <option key={choice.key} value={choice.key}>
            {choice.name}
          </option>
        ))}
      </Select>
    )}
  </Field>
);

type NumberFieldProps = {
  name: string;
  label: string;
  hint: string;
  isOptional?: boolean;
  isRequired?: boolean;
  min: number;
  max: number;
  initial: number | undefined;
};

/** Input of a number, whose value is sent with its form. */
export const NumberField = (props: NumberFieldProps) => {
  const { name, label, hint, isOptional = false, isRequired = false, min, max, initial } = props;
  return (
    <Field label={label} isOptional={isOptional} hint={hint}>
      {(wired) => (
        <Input
          {...wired}
          name={name}
          type="number"
          min={min}
          max={max}
          required={isRequired}
          defaultValue={initial}
        />
      )}
    </Field>
  );
};

type CheckboxGroupProps = {
  legend: string;
  name: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  hint?: string;
  fault?: string | undefined;
};

/** Checkboxes for any number of choices, whose values are sent with their form. */
export function CheckboxGroup(props: CheckboxGroupProps) {
  const { legend, name, choices, chosen, hint, fault } = props;
  const id = useId();
  const { hintId, faultId, describedBy } = describe(id, hint, fault);
  return (
    <fieldset
      {...(describedBy && { "aria-describedby": describedBy })}
      className="grid content-start gap-1"
    >
      <legend className="pb-1 font-medium">{legend}</legend>
      {choices.map((choice) => (
        <Checkbox
          key={choice.key}
          name={name}
          value={choice.key}
          label={choice.name}
          defaultChecked={chosen.includes(choice.key)}
        />
      ))}
      {fault && (
        <p id={faultId} role="alert" className="text-sm font-medium text-refuse">
          {fault}
        </p>
      )}
      {hint && <Hint id={hintId}>{hint}</Hint>}
    </fieldset>
  );
}
