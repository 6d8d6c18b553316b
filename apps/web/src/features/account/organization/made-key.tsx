import { keyOfName } from "@ringfence/core/platform/text";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Field } from "@/components/field";
import { Input } from "@/components/input";

type MadeKeyProps = {
  words: { name: string; nameHint: string; keyHint: (key: string) => ReactNode };
  maxLength: number;
};

/** A name, and a key that is made of it until somebody writes another. */
export function MadeKey({ words, maxLength }: MadeKeyProps) {
  const t = useTranslations("organization");
  const [name, setName] = useState("");
  const [written, setWritten] = useState<string | null>(null);
  const key = written ?? keyOfName(name);
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
