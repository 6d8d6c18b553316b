"use client";

import { OfflineMeans, proofOfMeans } from "@ringfence/core/consents/consent";
import { useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import { useForm, type UseFormReturn, useWatch } from "react-hook-form";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { PhoneField } from "@/components/phone-field";
import { RadioGroup } from "@/components/radio-group";
import { AskedFields } from "./asked-fields";
import { type ConsentChoices, defaultForm } from "./consent-choices";
import { EvidenceSubmit } from "./evidence-submit";
import { FaultMark } from "./fault-mark";
import {
  findOfflineFaults,
  type OfflineFault,
  type OfflineGiven,
  toOfflineConsent,
} from "./offline-given";
import { useEvidenceUpload } from "./use-evidence-upload";

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
  const [sent, setSent] = useState<{ times: number; faults: readonly OfflineFault[] }>({
    times: 0,
    faults: [],
  });
  const form = useForm<OfflineGiven>({ defaultValues: toDefaults(choices, initial) });
  const [phone, means] = useWatch({ control: form.control, name: ["phone", "means"] });
  const upload = useEvidenceUpload(proofOfMeans[means].kind);
  const submit = (given: OfflineGiven) => {
    const found = findOfflineFaults(given, upload.file);
    setSent(({ times }) => ({ times: times + 1, faults: found }));
    if (found.length > 0) return;
    upload.submit((file) => onRecord({ ...toOfflineConsent(given, zone), file }));
  };
  return (
    <form className="grid max-w-[36rem] gap-6 pt-4" onSubmit={form.handleSubmit(submit)}>
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
            upload.choose(null);
          },
        })}
        choices={OfflineMeans.options.map((value) => ({
          value,
          label: t(`meansOf.${value}`),
          hint: t(`meansHint.${value}`),
        }))}
      />
      <AskedFields choices={choices} form={form} faults={sent.faults} />
      <WhenFields form={form} />
      <EvidenceSubmit
        upload={upload}
        wasSent={sent.times > 0}
        failure={failure}
        isBusy={isBusy}
        words={{ record: t("record"), recording: t("recording") }}
      />
      {sent.faults.length > 0 && <FaultMark key={sent.times} />}
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
