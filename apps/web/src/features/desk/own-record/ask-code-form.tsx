import { useTranslations } from "next-intl";
import { PublicPhone } from "@/components/public-phone";
import { PublicSubmit } from "@/components/public-submit";
import type { KeptState } from "@/server/kept-state";
import { askCode } from "./ask-code";

type AskCodeFormProps = { address: string; state: KeptState };

/** To see what is kept one shows that the phone is one's own; to refuse, one does not. */
export function AskCodeForm({ address, state }: AskCodeFormProps) {
  const t = useTranslations("ownRecord");
  return (
    <form action={askCode.bind(null, address)} className="grid gap-5">
      <PublicPhone label={t("phone")} fault={state.faults["/phone"]} given={state.given.phone} />
      <PublicSubmit busy={t("sending")}>{t("askCode")}</PublicSubmit>
    </form>
  );
}
