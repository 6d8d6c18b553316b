import { Field } from "@/components/field";
import { Select } from "@/components/select";

type ChosenFieldProps = {
  name: string;
  words: { label: string; hint: string };
  choices: readonly { key: string; name: string }[];
  chosen: string;
};

/** One of several, which the form sends as it stands. */
export const ChosenField = ({ name, words, choices, chosen }: ChosenFieldProps) => (
  <Field label={words.label} hint={words.hint}>
    {(wired) => (
      <Select {...wired} name={name} defaultValue={chosen}>
        {choices.map(({ key, name: label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </Select>
    )}
  </Field>
);
