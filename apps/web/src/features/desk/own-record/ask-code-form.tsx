import { useTranslations } from "next-intl";
import { PublicForm } from "@/components/public-form";
import { PublicPhone } from "@/components/public-phone";
import { PublicSubmit } from "@/components/public-submit";
import type { KeptState } from "@/server/kept-state";
import { askCode } from "./ask-code";

type AskCodeFormProps = { address: string; state: KeptState };

/** To see what is kept one shows that the phone is one's own; to refuse, one does not. */
export function AskCodeForm({ address, state }: AskCodeFormProps) {
  const t = useTranslations("ownRecord");
  const fault = state.faults["/phone"];
  return (
    <PublicForm action={askCode.bind(null, address)} hasFault={fault !== undefined}>
      <PublicPhone label={t("phone")} fault={fault} given={state.given.phone} />
      <PublicSubmit busy={t("sending")}>{t("askCode")}</PublicSubmit>
    </PublicForm>
  );
}
