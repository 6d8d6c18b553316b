import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/checkbox";
import { Field } from "@/components/field";
import { Select } from "@/components/select";
import type { CaptureFormFormProps } from "./capture-form-form-props";
import { confirmations } from "./draft-given";

type AskedFieldsProps = {
  settings: CaptureFormFormProps["initial"]["settings"];
  disclosures: CaptureFormFormProps["disclosures"];
};

const NAMES = ["none", "optional", "required", "signature"] as const;
const EMAILS = ["none", "optional", "required"] as const;
const CONFIRMATIONS = ["none", "told-sms", "told-email", "asked-sms", "asked-email"] as const;

/** What it asks of a person, and how they hear of it. */
export function AskedFields({ settings, disclosures }: AskedFieldsProps) {
  const t = useTranslations("captureForm");
  const chosen = new Set(settings.disclosures.map(({ id, version }) => `${id}/${version}`));
  return (
    <>
      <fieldset className="grid gap-1">
        <legend className="pb-1 font-medium">{t("disclosures")}</legend>
        {disclosures.length === 0 && <p className="text-muted">{t("noDisclosure")}</p>}
        {disclosures.map(({ key, name }) => (
          <Checkbox
            key={key}
            name="disclosures"
            value={key}
            label={name}
            defaultChecked={chosen.has(key)}
          />
        ))}
      </fieldset>
      <Field label={t("personName")}>
        {(wired) => (
          <Select {...wired} name="name" defaultValue={settings.name}>
            {NAMES.map((key) => (
              <option key={key} value={key}>
                {t(`names.${key}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("email")}>
        {(wired) => (
          <Select {...wired} name="email" defaultValue={settings.email}>
            {EMAILS.map((key) => (
              <option key={key} value={key}>
                {t(`names.${key}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("confirmation")} hint={t("confirmationHint")}>
        {(wired) => (
          <Select {...wired} name="confirmation" defaultValue={confirmationKey(settings)}>
            {CONFIRMATIONS.map((key) => (
              <option key={key} value={key}>
                {t(`confirmations.${key}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </>
  );
}

function confirmationKey({ confirmation }: AskedFieldsProps["settings"]) {
  const isThis = (key: (typeof CONFIRMATIONS)[number]) =>
    confirmations[key]?.means === confirmation?.means &&
    confirmations[key]?.isAsked === confirmation?.isAsked;
  return CONFIRMATIONS.find(isThis) ?? "none";
}
