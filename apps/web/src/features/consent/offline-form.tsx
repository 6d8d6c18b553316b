"use client";

import { OfflineMeans, proofOfMeans } from "@ringfence/core/consent";
import { useTimeZone, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useForm, type UseFormReturn, useWatch } from "react-hook-form";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { PhoneField } from "@/components/phone-field";
import { RadioGroup } from "@/components/radio-group";
import { Select } from "@/components/select";
import { SendingFile } from "@/components/upload/sending-file";
import { AskedByForm } from "./asked-by-form";
import { AskedInWords } from "./asked-in-words";
import { type ConsentChoices, defaultForm } from "./consent-choices";
import { EvidenceField } from "./evidence-field";
import {
  findOfflineFaults,
  type OfflineFault,
  type OfflineGiven,
  toOfflineConsent,
} from "./offline-given";
import { useEvidenceUpload } from "./use-evidence-upload";
import { useFaultFocus } from "./use-fault-focus";

export type OfflineRecorded = ReturnType<typeof toOfflineConsent> & { file: string };

type OfflineFormProps = {
  choices: ConsentChoices;
  homeRegion: string;
  initial: Partial<Pick<OfflineGiven, "phone" | "means" | "form" | "version" | "language">>;
  failure: string | null;
  isBusy: boolean;
  onRecord: (consent: OfflineRecorded) => void;
};

/** Asks who agreed to what, how and when, and for the file that proves it. */
export function OfflineForm(props: OfflineFormProps) {
  const { choices, homeRegion, initial, failure, isBusy, onRecord } = props;
  const t = useTranslations("recordConsent");
  const zone = useTimeZone() ?? "UTC";
  const element = useRef<HTMLFormElement>(null);
  const [faults, setFaults] = useState<readonly OfflineFault[]>([]);
  useFaultFocus(element, faults);
  const form = useForm<OfflineGiven>({ defaultValues: toDefaults(choices, initial) });
  const [phone, means] = useWatch({ control: form.control, name: ["phone", "means"] });
  const { kind } = proofOfMeans[means];
  const upload = useEvidenceUpload(kind);
  const submit = (given: OfflineGiven) => {
    const found = findOfflineFaults(given, upload.file);
    setFaults(found);
    if (found.length > 0) return;
    upload.submit((file) => onRecord({ ...toOfflineConsent(given, zone), file }));
  };
  return (
    <form
      ref={element}
      className="grid max-w-[36rem] gap-6 pt-4"
      onSubmit={form.handleSubmit(submit)}
    >
      <PhoneField typed={phone} homeRegion={homeRegion} input={form.register("phone")} />
      <Field label={t("name")} isOptional hint={t("nameHint")}>
        {(wired) => (
          <Input {...wired} autoComplete="off" maxLength={200} {...form.register("name")} />
        )}
      </Field>
      <RadioGroup
        legend={t("means")}
        radio={form.register("means", {
          onChange: ({ target }) => {
            const chosen = OfflineMeans.parse(target.value);
            form.setValue("form", defaultForm(choices, chosen));
            form.setValue("disclosures", []);
            upload.setFile(null);
          },
        })}
        choices={OfflineMeans.options.map((value) => ({
          value,
          label: t(`meansOf.${value}`),
          hint: t(`meansHint.${value}`),
        }))}
      />
      <AskedFields choices={choices} form={form} faults={faults} />
      <WhenFields form={form} />
      <EvidenceField
        kind={kind}
        isMissing={faults.includes("file") && upload.file === null}
        onFile={upload.setFile}
      />
      {upload.refused && (
        <Banner tone="bad" role="alert" title={upload.refused.message ?? t("notSent")} />
      )}
      {failure && <Banner tone="bad" role="alert" title={failure} />}
      {upload.file && upload.progress !== null ? (
        <SendingFile file={upload.file} progress={upload.progress} onStop={upload.stop} />
      ) : (
        <div>
          <Button type="submit" look="primary" busy={isBusy && t("recording")}>
            {t("record")}
          </Button>
        </div>
      )}
    </form>
  );
}

function toDefaults(choices: ConsentChoices, initial: OfflineFormProps["initial"]): OfflineGiven {
  const means = initial.means ?? "phone";
  return {
    name: "",
    version: 0,
    disclosures: [],
    text: "",
    language: "",
    seller: choices.sellers[0]?.key ?? "",
    purposes: [],
    channels: ["voice_live"],
    when: "now",
    at: "",
    phone: "",
    form: defaultForm(choices, means),
    ...initial,
    means,
  };
}

type AskedFieldsProps = {
  choices: ConsentChoices;
  form: UseFormReturn<OfflineGiven>;
  faults: readonly OfflineFault[];
};

/** Which text was read out or signed. */
function AskedFields({ choices, form, faults }: AskedFieldsProps) {
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

function WhenFields({ form: { control, register } }: { form: UseFormReturn<OfflineGiven> }) {
  const t = useTranslations("recordConsent");
  const zone = useTimeZone() ?? "UTC";
  const when = useWatch({ control, name: "when" });
  return (
    <>
      <RadioGroup
        legend={t("when")}
        radio={register("when")}
        choices={(["now", "earlier"] as const).map((value) => ({
          value,
          label: t(`whens.${value}`),
        }))}
      />
      {when === "earlier" && (
        <Field label={t("at")} hint={t("atHint", { zone })}>
          {(wired) => <Input {...wired} type="datetime-local" required {...register("at")} />}
        </Field>
      )}
    </>
  );
}
