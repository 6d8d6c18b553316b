import { CaptureFormKind } from "@ringfence/core/consents/capture-form";
import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { Select } from "@/components/select";
import { Textarea } from "@/components/textarea";
import type { CaptureFormFormProps } from "./capture-form-form-props";

type PlaceFieldsProps = Pick<CaptureFormFormProps, "initial"> & { odd: ReadonlySet<string> };

/** What the form is, and where it stands. */
export function PlaceFields({ initial: { name, kind, settings }, odd }: PlaceFieldsProps) {
  const t = useTranslations("captureForm");
  const kinds = useTranslations("captureForms.kinds");
  const faultOf = (field: "origins" | "jurisdictions" | "url" | "callLanguage") =>
    odd.has(field) ? t(`odd.${field}`) : undefined;
  return (
    <>
      <Field label={t("name")}>
        {(wired) => (
          <Input {...wired} name="formName" required maxLength={200} defaultValue={name} />
        )}
      </Field>
      <Field label={t("kind")}>
        {(wired) => (
          <Select {...wired} name="kind" defaultValue={kind}>
            {CaptureFormKind.options.map((key) => (
              <option key={key} value={key}>
                {kinds(key)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        label={t("jurisdictions")}
        hint={t("jurisdictionsHint")}
        fault={faultOf("jurisdictions")}
      >
        {(wired) => (
          <Input {...wired} name="jurisdictions" defaultValue={settings.jurisdictions.join(" ")} />
        )}
      </Field>
      <Field label={t("origins")} isOptional hint={t("originsHint")} fault={faultOf("origins")}>
        {(wired) => (
          <Textarea {...wired} name="origins" rows={2} defaultValue={settings.origins.join("\n")} />
        )}
      </Field>
      <Field label={t("url")} isOptional hint={t("urlHint")} fault={faultOf("url")}>
        {(wired) => <Input {...wired} name="url" type="url" defaultValue={settings.url} />}
      </Field>
      <Field
        label={t("callLanguage")}
        isOptional
        hint={t("callLanguageHint")}
        fault={faultOf("callLanguage")}
      >
        {(wired) => <Input {...wired} name="callLanguage" defaultValue={settings.callLanguage} />}
      </Field>
    </>
  );
}
