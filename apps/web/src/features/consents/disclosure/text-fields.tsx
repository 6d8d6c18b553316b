import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { Textarea } from "@/components/textarea";
import type { DisclosureFormProps } from "./disclosure-form-props";

/** What the person reads. */
export function TextFields({ initial }: Pick<DisclosureFormProps, "initial">) {
  const t = useTranslations("disclosure");
  const { language, text, terms } = initial;
  return (
    <>
      <Field label={t("name")} hint={t("nameHint")}>
        {(wired) => (
          <Input {...wired} name="title" required maxLength={200} defaultValue={terms.title} />
        )}
      </Field>
      <Field label={t("language")} hint={t("languageHint")}>
        {(wired) => (
          <Input
            {...wired}
            name="language"
            required
            pattern="[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*"
            defaultValue={language}
          />
        )}
      </Field>
      <Field label={t("text")} hint={t("textHint")}>
        {(wired) => (
          <Textarea
            {...wired}
            name="text"
            rows={6}
            maxLength={20_000}
            lang={language}
            defaultValue={text}
          />
        )}
      </Field>
      <Field label={t("withdrawal")} hint={t("withdrawalHint")}>
        {(wired) => (
          <Input {...wired} name="withdrawal" maxLength={500} defaultValue={terms.withdrawal} />
        )}
      </Field>
      <Field label={t("retention")} hint={t("retentionHint")}>
        {(wired) => (
          <Input {...wired} name="retention" maxLength={500} defaultValue={terms.retention} />
        )}
      </Field>
      <Field label={t("validDays")} isOptional hint={t("validDaysHint")}>
        {(wired) => (
          <Input
            {...wired}
            name="validDays"
            type="number"
            min={1}
            max={36_500}
            defaultValue={terms.validDays}
          />
        )}
      </Field>
    </>
  );
}
