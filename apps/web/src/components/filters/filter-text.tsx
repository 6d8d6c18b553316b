"use client";

import { debounce, parseAsString, useQueryState } from "nuqs";
import { Field } from "../field";
import { Input } from "../input";

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
