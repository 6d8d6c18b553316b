import { useTranslations } from "next-intl";
import { PublicCode } from "@/components/public-code";
import { PublicForm } from "@/components/public-form";
import { PublicSubmit } from "@/components/public-submit";
import { typeCode } from "./type-code";

type CodeFormProps = { address: string; reference: string; isWrong: boolean };

/** Where a person types the code of the message. */
export function CodeForm({ isWrong, ...place }: CodeFormProps) {
  const t = useTranslations("publicForm");
  return (
    <PublicForm action={typeCode.bind(null, place)} hasFault={isWrong}>
      <PublicCode label={t("code")} fault={isWrong ? t("wrongCode") : undefined} />
      <PublicSubmit busy={t("sending")}>{t("confirm")}</PublicSubmit>
    </PublicForm>
  );
}
