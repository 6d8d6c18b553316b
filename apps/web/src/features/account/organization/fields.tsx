import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { Select } from "@/components/select";
import { toKey } from "@ringfence/core/platform/text";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";

type NameFieldProps = { words: { label: string; hint: string }; name: string };

export const NameField = ({ words, name }: NameFieldProps) => (
  <Field label={words.label} hint={words.hint}>
    {(wired) => (
      <Input
        {...wired}
        name="name"
        required
        maxLength={100}
        autoComplete="off"
        defaultValue={name}
      />
    )}
  </Field>
);

type SelectFieldProps = {
  name: string;
  words: { label: string; hint: string };
  choices: readonly { key: string; name: string }[];
  chosen: string;
};

/** Select whose value is sent with its form. */
export const SelectField = ({ name, words, choices, chosen }: SelectFieldProps) => (
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

type NameAndKeyFieldsProps = {
  words: { name: string; nameHint: string; keyHint: (key: string) => ReactNode };
  maxLength: number;
};

/** Fields for a name and a key. The key follows the name until the user edits it. */
export function NameAndKeyFields({ words, maxLength }: NameAndKeyFieldsProps) {
  const t = useTranslations("organization");
  const [name, setName] = useState("");
  const [written, setWritten] = useState<string | null>(null);
  const key = written ?? toKey(name);
  return (
    <>
      <Field label={words.name} hint={words.nameHint}>
        {(wired) => (
          <Input
            {...wired}
            name="name"
            required
            maxLength={100}
            autoComplete="off"
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
        )}
      </Field>
      <Field label={t("key")} hint={words.keyHint(key)}>
        {(wired) => (
          <Input
            {...wired}
            name="key"
            required
            maxLength={maxLength}
            pattern="[a-z0-9\-]+"
            autoComplete="off"
            spellCheck={false}
            value={key}
            onChange={({ currentTarget }) => setWritten(currentTarget.value.trim())}
          />
        )}
      </Field>
    </>
  );
}
