import { useTranslations } from "next-intl";
import { Field, Input } from "@/components/fields";

type CodeFieldProps = { hint?: string; fault: string | undefined };

/** Field `code` for a code of a second factor. Browsers and phones fill it in. */
export function CodeField({ hint, fault }: CodeFieldProps) {
  const t = useTranslations("proof");
  return (
    <Field label={t("code")} hint={hint ?? t("codeHint")} fault={fault}>
      {(wired) => (
        <Input
          {...wired}
          name="code"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
          required
        />
      )}
    </Field>
  );
}
