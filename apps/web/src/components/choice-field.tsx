"use client";

import type { ReactNode } from "react";
import { Field } from "./field";
import { Select } from "./select";

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
