"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { Field } from "../field";
import { Select } from "../select";

type FilterChoiceProps = {
  param: string;
  label: string;
  /** What stands for no filter. */
  any: string;
  choices: readonly { value: string; label: string }[];
};

export function FilterChoice({ param, label, any, choices }: FilterChoiceProps) {
  const known = choices.map(({ value }) => value);
  const [value, setValue] = useQueryState(
    param,
    parseAsStringLiteral(known).withOptions({ shallow: false, history: "push" }),
  );
  return (
    <Field label={label} isLabelHidden>
      {(wired) => (
        <Select
          {...wired}
          value={value ?? ""}
          onChange={({ currentTarget }) => setValue(currentTarget.value || null)}
        >
          <option value="">{any}</option>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
