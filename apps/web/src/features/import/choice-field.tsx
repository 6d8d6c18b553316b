"use client";

import { Field } from "@/components/field";
import { Select } from "@/components/select";

type ChoiceFieldProps = {
  label: string;
  value: string;
  choices: readonly { key: string; name: string }[];
  onChoose: (key: string) => void;
};

/** One of many; what it changes is shown at once. */
export const ChoiceField = ({ label, value, choices, onChoose }: ChoiceFieldProps) => (
  <Field label={label}>
    {(wired) => (
      <Select
        {...wired}
        value={value}
        onChange={({ currentTarget }) => onChoose(currentTarget.value)}
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
