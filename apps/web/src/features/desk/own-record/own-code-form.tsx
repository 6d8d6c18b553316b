import { useTranslations } from "next-intl";
import { PublicCode } from "@/components/public-code";
import { PublicForm } from "@/components/public-form";
import { PublicSubmit } from "@/components/public-submit";
import { typeOwnCode } from "./type-own-code";

type OwnCodeFormProps = { address: string; reference: string; isWrong: boolean };

/** Where a person types the code that their phone was sent. */
export function OwnCodeForm({ isWrong, ...place }: OwnCodeFormProps) {
  const t = useTranslations("ownRecord");
  return (
    <PublicForm action={typeOwnCode.bind(null, place)} hasFault={isWrong}>
      <PublicCode label={t("code")} fault={isWrong ? t("wrongCode") : undefined} />
      <PublicSubmit busy={t("sending")}>{t("open")}</PublicSubmit>
    </PublicForm>
  );
}
