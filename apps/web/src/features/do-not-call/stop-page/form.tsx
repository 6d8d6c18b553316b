import type { OptOutChoices } from "@ringfence/services/do-not-call/stop-page";
import { useTranslations } from "next-intl";
import { PublicForm, PublicPhone } from "@/components/public-page";
import { PublicSubmit } from "@/components/public-submit";
import type { FormState } from "@/server/public-form";
import { ProofOfWork } from "./proof-of-work";
import { scopeField } from "./scope";

type OptOutFormProps = {
  /** Address of a plain form post, which needs no scripts. */
  action: string;
  offer: OptOutChoices;
  /** Null if a link already names the number. */
  state: FormState | null;
};

/** Opt-out form with one field and one button and no confirmation. Narrower choices are folded away. */
export function OptOutForm({ action, offer, state }: OptOutFormProps) {
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

/** Choices of what to opt out of. All calls come first, so that a slip errs on the person's side. */
function ScopeChoices({ offer: { sellers, purposes } }: { offer: OptOutChoices }) {
  const t = useTranslations("stop.scopes");
  const choices = [
    { value: scopeField.all, label: t("all") },
    ...sellers.map(({ key, name }) => ({
      value: scopeField.seller(key),
      label: t("seller", { name }),
    })),
    ...purposes.map(({ key, name }) => ({
      value: scopeField.purpose(key),
      label: t("purpose", { name }),
    })),
    { value: scopeField.profiling, label: t("profiling") },
  ];
  return (
    <fieldset>
      <legend className="sr-only">{t("legend")}</legend>
      {choices.map(({ value, label }, index) => (
        <label
          key={value}
          className="grid grid-cols-[1.5rem_minmax(0,1fr)] items-baseline gap-x-3 border-b border-line py-3"
        >
          <input
            type="radio"
            name="scope"
            value={value}
            defaultChecked={index === 0}
            className="size-6 translate-y-1"
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
