import type { OptOutChoices } from "@ringfence/services/do-not-call/stop-page";
import { useTranslations } from "next-intl";
import { scopeField } from "./scope-given";

/** What a person may refuse; all calls come first, so that a slip errs on their side. */
export function ScopeChoices({ offer: { sellers, purposes } }: { offer: OptOutChoices }) {
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
