import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { PublicInput } from "@/components/public-input";
import { PublicSubmit } from "@/components/public-submit";
import type { KeptState } from "@/server/kept-state";
import { askCode } from "./ask-code";

type AskCodeFormProps = { address: string; state: KeptState };

/** To see what is kept one shows that the phone is one's own; to refuse, one does not. */
export function AskCodeForm({ address, state }: AskCodeFormProps) {
  const t = useTranslations("ownRecord");
  return (
    <form action={askCode.bind(null, address)} className="grid gap-5">
      <Field label={t("phone")} fault={state.faults["/phone"]}>
        {(wired) => (
          <PublicInput
            {...wired}
            name="phone"
            type="tel"
            autoComplete="tel"
            maxLength={256}
            required
            defaultValue={state.given.phone}
          />
        )}
      </Field>
      <PublicSubmit busy={t("sending")}>{t("askCode")}</PublicSubmit>
    </form>
  );
}
