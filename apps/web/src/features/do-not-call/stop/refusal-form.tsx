import type { OptOutChoices } from "@ringfence/services/do-not-call/stop-page";
import { useTranslations } from "next-intl";
import { PublicForm } from "@/components/public-form";
import { PublicPhone } from "@/components/public-phone";
import { PublicSubmit } from "@/components/public-submit";
import type { KeptState } from "@/server/kept-state";
import { ProofOfWork } from "./proof-of-work";
import { ScopeChoices } from "./scope-choices";

type RefusalFormProps = {
  /** Where it is sent: a plain form, so that it needs no scripts. */
  action: string;
  offer: OptOutChoices;
  /** Null where a link says whose number it is. */
  state: KeptState | null;
};

/** One field, one button, nothing to confirm; narrower choices are folded away. */
export function RefusalForm({ action, offer, state }: RefusalFormProps) {
  const t = useTranslations("stop");
  const busy = t("sending");
  return (
    <PublicForm action={action} method="post" hasFault={state?.faults["/phone"] !== undefined}>
      {offer.challenge !== null && <ProofOfWork challenge={offer.challenge} />}
      {state && (
        <PublicPhone
          label={t("phone")}
          hint={t("phoneHint")}
          fault={state.faults["/phone"]}
          given={state.given.phone}
        />
      )}
      <PublicSubmit busy={busy} name="whole" value="true">
        {t("stopAll")}
      </PublicSubmit>
      <details>
        <summary className="text-base">{t("partly")}</summary>
        <div className="grid gap-4 pt-3">
          <ScopeChoices offer={offer} />
          <PublicSubmit busy={busy} isQuiet>
            {t("stopPart")}
          </PublicSubmit>
        </div>
      </details>
    </PublicForm>
  );
}
