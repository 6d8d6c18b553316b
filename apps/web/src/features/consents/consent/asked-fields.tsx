"use client";

import { useTranslations } from "next-intl";
import { type UseFormReturn, useWatch } from "react-hook-form";
import { Field } from "@/components/field";
import { Select } from "@/components/select";
import { AskedByForm } from "./asked-by-form";
import { AskedInWords } from "./asked-in-words";
import type { ConsentChoices } from "./consent-choices";
import type { OfflineFault, OfflineGiven } from "./offline-given";

type AskedFieldsProps = {
  choices: ConsentChoices;
  form: UseFormReturn<OfflineGiven>;
  faults: readonly OfflineFault[];
};

/** Lets the member choose the text that was read out or signed. */
export function AskedFields({ choices, form, faults }: AskedFieldsProps) {
  const t = useTranslations("recordConsent");
  const kinds = useTranslations("captureForms.kinds");
  const { control, register, setValue } = form;
  const [chosen, version, disclosures] = useWatch({
    control,
    name: ["form", "version", "disclosures"],
  });
  const forget = () => {
    setValue("version", 0);
    setValue("disclosures", []);
  };
  return (
    <>
      <Field label={t("form")} hint={t("formHint")}>
        {(wired) => (
          <Select {...wired} {...register("form", { onChange: forget })}>
            {choices.forms.map(({ id, name, kind }) => (
              <option key={id} value={id}>
                {t("formOf", { name, kind: kinds(kind) })}
              </option>
            ))}
            <option value="">{t("otherWords")}</option>
          </Select>
        )}
      </Field>
      {chosen === "" ? (
        <AskedInWords choices={choices} form={form} faults={faults} />
      ) : (
        <AskedByForm
          form={chosen}
          version={version}
          agreed={disclosures}
          choices={choices}
          isFault={faults.includes("disclosures") && disclosures.length === 0}
          onVersion={(version) => {
            setValue("version", version);
            setValue("disclosures", []);
          }}
          onAgreed={(agreed, version) => {
            setValue("version", version);
            setValue("disclosures", agreed);
          }}
        />
      )}
    </>
  );
}
