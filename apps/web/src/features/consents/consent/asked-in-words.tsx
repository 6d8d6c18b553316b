"use client";

import { Channel } from "@ringfence/core/people/phone";
import { useTranslations } from "next-intl";
import { type UseFormReturn, useWatch } from "react-hook-form";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { Select } from "@/components/select";
import { Textarea } from "@/components/textarea";
import { Ticks } from "@/components/ticks";
import type { ConsentChoices } from "./consent-choices";
import type { OfflineFault, OfflineGiven } from "./offline-given";

type AskedInWordsProps = {
  choices: ConsentChoices;
  form: UseFormReturn<OfflineGiven>;
  faults: readonly OfflineFault[];
};

/** Words that are in no form of the organization, and what they ask. */
export function AskedInWords({ choices, form, faults }: AskedInWordsProps) {
  const t = useTranslations("recordConsent");
  const channels = useTranslations("timeline.channel");
  const { register, control, setValue } = form;
  const [agreedPurposes, agreedChannels] = useWatch({ control, name: ["purposes", "channels"] });
  return (
    <>
      <Field label={t("words")} hint={t("wordsHint")}>
        {(wired) => (
          <Textarea {...wired} required rows={5} maxLength={20_000} {...register("text")} />
        )}
      </Field>
      <Field label={t("language")} hint={t("languageHint")}>
        {(wired) => (
          <Input
            {...wired}
            required
            maxLength={35}
            pattern="[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*"
            {...register("language")}
          />
        )}
      </Field>
      <Field label={t("seller")}>
        {(wired) => (
          <Select {...wired} {...register("seller")}>
            {choices.sellers.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Ticks
        legend={t("purposes")}
        choices={choices.purposes.map(({ key, name }) => ({ value: key, label: name }))}
        chosen={agreedPurposes}
        onChosen={(chosen) => setValue("purposes", chosen)}
        fault={
          faults.includes("purposes") && agreedPurposes.length === 0 ? t("faults.purposes") : null
        }
      />
      <Ticks
        legend={t("channels")}
        choices={Channel.options.map((value) => ({ value, label: channels(value) }))}
        chosen={agreedChannels}
        onChosen={(chosen) => setValue("channels", chosen)}
        fault={
          faults.includes("channels") && agreedChannels.length === 0 ? t("faults.channels") : null
        }
      />
    </>
  );
}
