import { useTranslations } from "next-intl";
import { PublicCode } from "@/components/public-code";
import { PublicSubmit } from "@/components/public-submit";
import { typeOwnCode } from "./type-own-code";

type OwnCodeFormProps = { address: string; reference: string; isWrong: boolean };

/** Where a person types the code that their phone was sent. */
export function OwnCodeForm({ isWrong, ...place }: OwnCodeFormProps) {
  const t = useTranslations("ownRecord");
  return (
    <form action={typeOwnCode.bind(null, place)} className="grid gap-5">
      <PublicCode label={t("code")} fault={isWrong ? t("wrongCode") : undefined} />
      <PublicSubmit busy={t("sending")}>{t("open")}</PublicSubmit>
    </form>
  );
}
