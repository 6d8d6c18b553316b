"use client";
import { parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { Field, Select } from "./fields";

type FilterChoiceProps = {
  param: string;
  label: string;
  /** Label of the choice without a filter. */
  any: string;
  choices: readonly { value: string; label: string }[];
};

/**
 * Select for a filter in the address. Choosing loads the list again, from its first page. A value in the address
 * that is not among the choices counts as no filter.
 */
export function FilterChoice({ param, label, any, choices }: FilterChoiceProps) {
  const values = choices.map(({ value }) => value);
  const [value, setValue] = useQueryState(
    param,
    parseAsStringLiteral(values).withOptions({ shallow: false, history: "push" }),
  );
  // A new filter starts at the first page.
  const [, setAfter] = useQueryState("after", parseAsString);
  const choose = (chosen: string) => {
    void setAfter(null);
    void setValue(chosen || null);
  };
  return (
    <Field label={label} isLabelHidden>
      {(wired) => (
        <Select
          {...wired}
          value={value ?? ""}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
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
