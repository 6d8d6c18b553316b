import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { PublicInput } from "@/components/public-input";
import { PublicSubmit } from "@/components/public-submit";
import { typeCode } from "./type-code";

type CodeFormProps = { address: string; reference: string; isWrong: boolean };

/** Where a person types the code of the message. */
export function CodeForm({ isWrong, ...place }: CodeFormProps) {
  const t = useTranslations("publicForm");
  return (
    <form action={typeCode.bind(null, place)} className="grid gap-5">
      <Field label={t("code")} fault={isWrong ? t("wrongCode") : undefined}>
        {(wired) => (
          <PublicInput
            {...wired}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={12}
            required
          />
        )}
      </Field>
      <PublicSubmit busy={t("sending")}>{t("confirm")}</PublicSubmit>
    </form>
  );
}
