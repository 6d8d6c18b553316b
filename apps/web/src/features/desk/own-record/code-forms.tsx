import { useTranslations } from "next-intl";
import { PublicCode, PublicForm, PublicPhone } from "@/components/public-page";
import { PublicSubmit } from "@/components/public-submit";
import type { FormState } from "@/server/public-form";
import { requestOwnCode, submitHandedCode, submitOwnCode } from "./actions";

type AskCodeFormProps = { address: string; state: FormState };

/** Asks for the person's phone. Seeing the record needs a code; opting out does not. */
export function AskCodeForm({ address, state }: AskCodeFormProps) {
  const t = useTranslations("ownRecord");
  const fault = state.faults["/phone"];
  return (
    <PublicForm action={requestOwnCode.bind(null, address)} hasFault={fault !== undefined}>
      <PublicPhone label={t("phone")} fault={fault} given={state.given.phone} />
      <PublicSubmit busy={t("sending")}>{t("askCode")}</PublicSubmit>
    </PublicForm>
  );
}

type OwnCodeFormProps = { address: string; reference: string; isWrong: boolean };

/** Form for the code. */
export function OwnCodeForm({ isWrong, ...place }: OwnCodeFormProps) {
  const t = useTranslations("ownRecord");
  return (
    <PublicForm action={submitOwnCode.bind(null, place)} hasFault={isWrong}>
      <PublicCode label={t("code")} fault={isWrong ? t("wrongCode") : undefined} />
      <PublicSubmit busy={t("sending")}>{t("open")}</PublicSubmit>
    </PublicForm>
  );
}

type HandedCodeFormProps = AskCodeFormProps & { isWrong: boolean };

/** Form for a code that somebody read aloud or wrote, with the number that it belongs to. */
export function HandedCodeForm({ address, state, isWrong }: HandedCodeFormProps) {
  const t = useTranslations("ownRecord");
  const fault = state.faults["/phone"];
  return (
    <PublicForm
      action={submitHandedCode.bind(null, address)}
      hasFault={isWrong || fault !== undefined}
    >
      <PublicPhone label={t("phone")} fault={fault} given={state.given.phone} />
      <PublicCode label={t("handedCode")} fault={isWrong ? t("wrongHandedCode") : undefined} />
      <PublicSubmit busy={t("sending")}>{t("open")}</PublicSubmit>
    </PublicForm>
  );
}
