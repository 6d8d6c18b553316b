"use client";
import { debounce, parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Field, Input, Select } from "./fields";
import { Icon } from "./icons";

type FilterChoiceProps = {
  param: string;
  label: string;
  /** Label of the choice without a filter. */
  any: string;
  choices: readonly { value: string; label: string }[];
};

export function FilterChoice({ param, label, any, choices }: FilterChoiceProps) {
  const known = choices.map(({ value }) => value);
  const [value, setValue] = useQueryState(
    param,
    parseAsStringLiteral(known).withOptions({ shallow: false, history: "push" }),
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

/** Shows an active filter in words, with a button to remove it. Shows nothing if the filter is off. */
export function FilterChip({ param, label }: { param: string; label: string }) {
  const t = useTranslations("filters");
  const [value, setValue] = useQueryState(param, parseAsString.withOptions({ shallow: false }));
  if (value === null) return null;
  return (
    <span className="inline-flex min-h-7 items-center gap-1 rounded-md border border-accent bg-selected pr-1 pl-2 text-sm">
      {label}
      <button
        type="button"
        aria-label={t("remove", { label })}
        onClick={() => setValue(null)}
        className="grid size-6 cursor-pointer place-items-center rounded-md hover:bg-hover"
      >
        <Icon of={X} className="size-3.5" />
      </button>
    </span>
  );
}

type FilterTextProps = { param: string; label: string; placeholder: string };

/** Text filter in the address. The server is asked after a pause in typing. */
export function FilterText({ param, label, placeholder }: FilterTextProps) {
  const [value, setValue] = useQueryState(
    param,
    parseAsString.withDefault("").withOptions({ shallow: false, limitUrlUpdates: debounce(300) }),
  );
  return (
    <Field label={label} isLabelHidden>
      {(wired) => (
        <Input
          {...wired}
          type="search"
          placeholder={placeholder}
          value={value}
          onChange={({ currentTarget }) => setValue(currentTarget.value || null)}
        />
      )}
    </Field>
  );
}
