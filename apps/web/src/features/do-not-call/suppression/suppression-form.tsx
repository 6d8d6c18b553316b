"use client";

import { SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import { useTimeZone, useTranslations } from "next-intl";
import { useForm, useWatch } from "react-hook-form";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { PhoneField } from "@/components/phone-field";
import { RadioGroup } from "@/components/radio-group";
import { type Recorded, recordedOf, type SuppressionGiven } from "./suppression-given";

type SuppressionFormProps = {
  homeRegion: string;
  failure: string | null;
  isBusy: boolean;
  onRecord: (suppression: Recorded) => void;
};

export function SuppressionForm({ homeRegion, failure, isBusy, onRecord }: SuppressionFormProps) {
  const t = useTranslations("newSuppression");
  const names = useTranslations("suppressions.reasons");
  const zone = useTimeZone() ?? "UTC";
  const { register, control, handleSubmit } = useForm<SuppressionGiven>({
    defaultValues: { phone: "", reason: "wrong_person", at: "", until: "" },
  });
  const choices = SuppressionReason.options.map((value) => ({
    value,
    label: names(value),
    hint: t(`reasonHints.${value}`),
  }));
  return (
    <form
      className="grid max-w-[32rem] gap-5 pt-4"
      onSubmit={handleSubmit((given) => onRecord(recordedOf(given, zone)))}
    >
      {failure && <Banner tone="bad" role="alert" title={failure} />}
      <PhoneField
        typed={useWatch({ control, name: "phone" })}
        homeRegion={homeRegion}
        input={register("phone")}
      />
      <RadioGroup legend={t("reason")} radio={register("reason")} choices={choices} />
      <Field label={t("at")} isOptional hint={t("atHint", { zone })}>
        {(wired) => <Input {...wired} type="datetime-local" {...register("at")} />}
      </Field>
      <Field label={t("until")} isOptional hint={t("untilHint", { zone })}>
        {(wired) => <Input {...wired} type="datetime-local" {...register("until")} />}
      </Field>
      <div>
        <Button type="submit" look="primary" busy={isBusy && t("recording")}>
          {t("record")}
        </Button>
      </div>
    </form>
  );
}
