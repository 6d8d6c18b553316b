"use client";
import { useMutation } from "@tanstack/react-query";
import { useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import {
  type RecordSuppression,
  GivenSuppressionReason,
} from "@ringfence/core/do-not-call/suppression";
import { useForm, useWatch } from "react-hook-form";
import { instantIn } from "@ringfence/core/platform/time";
import { Button, ButtonLink } from "@/components/buttons";
import { PhoneText } from "@/components/people";
import { formatZone } from "@/i18n/format-time";
import { useTRPC } from "@/trpc/client";
import { SubmitForm } from "@/components/save-form";
import { Field, Input, RadioGroup } from "@/components/fields";
import { MoreFields } from "@/components/more-fields";
import { PhoneField } from "@/components/phone-field";

/** Records a suppression, then confirms it until the page is closed. */
export function NewSuppression({ homeRegion }: { homeRegion: string }) {
  const t = useTranslations("newSuppression");
  const trpc = useTRPC();
  const record = useMutation(trpc.suppression.record.mutationOptions());
  const [times, setTimes] = useState(0);
  if (!record.data) {
    return (
      <SuppressionForm
        key={times}
        homeRegion={homeRegion}
        failure={record.error?.message ?? null}
        isBusy={record.isPending}
        onRecord={record.mutate}
      />
    );
  }
  const { phone, status } = record.data;
  return (
    <div className="max-w-[32rem] pt-4">
      <div aria-live="polite" tabIndex={-1} ref={focus} className="grid gap-1">
        <p className="text-lg font-semibold">{t(`done.${status}`)}</p>
        <p>{t.rich("doneBody", { phone: () => <PhoneText phone={phone} /> })}</p>
      </div>
      <div className="flex flex-wrap gap-2 pt-5">
        <Button
          look="primary"
          onClick={() => {
            record.reset();
            setTimes(times + 1);
          }}
        >
          {t("another")}
        </Button>
        <ButtonLink href="/suppressions">{t("toList")}</ButtonLink>
      </div>
    </div>
  );
}

const focus = (element: HTMLElement | null) => element?.focus();

type SuppressionFormProps = {
  homeRegion: string;
  failure: string | null;
  isBusy: boolean;
  onRecord: (suppression: SuppressionRequest) => void;
};

function SuppressionForm({ homeRegion, failure, isBusy, onRecord }: SuppressionFormProps) {
  const t = useTranslations("newSuppression");
  const names = useTranslations("suppressions.reasons");
  const zone = useTimeZone() ?? "UTC";
  const { register, control, handleSubmit } = useForm<FormValues>({
    defaultValues: { phone: "", reason: "wrong_person", at: "", until: "" },
  });
  const [phone, at, until] = useWatch({ control, name: ["phone", "at", "until"] });
  const choices = GivenSuppressionReason.options.map((value) => ({
    value,
    label: names(value),
    hint: t(`reasonHints.${value}`),
  }));
  return (
    <SubmitForm
      className="grid max-w-[32rem] gap-5 pt-4"
      onSubmit={handleSubmit((given) => onRecord(toRequest(given, zone)))}
      error={failure}
      submit={t("record")}
      busy={isBusy && t("recording")}
    >
      <PhoneField typed={phone} homeRegion={homeRegion} input={register("phone")} />
      <RadioGroup legend={t("reason")} radio={register("reason")} choices={choices} />
      <MoreFields
        title={t("dates")}
        note={t("datesNote", {
          since: at === "" ? "now" : "then",
          end: until === "" ? "none" : "set",
        })}
      >
        <Field label={t("at")} isOptional hint={t("atHint", { zone: formatZone(zone) })}>
          {(wired) => <Input {...wired} type="datetime-local" {...register("at")} />}
        </Field>
        <Field label={t("until")} isOptional hint={t("untilHint", { zone: formatZone(zone) })}>
          {(wired) => <Input {...wired} type="datetime-local" {...register("until")} />}
        </Field>
      </MoreFields>
    </SubmitForm>
  );
}

/** The typed fields. `at` and `until` are local times in the member's zone, or empty. */
type FormValues = {
  phone: string;
  reason: GivenSuppressionReason;
  at: string;
  until: string;
};

type SuppressionRequest = Pick<RecordSuppression, "phone" | "reason"> & {
  at?: string;
  until?: string;
};

/** Converts the fields into a request. `zone` is an IANA name. */
function toRequest({ phone, reason, at, until }: FormValues, zone: string): SuppressionRequest {
  const [since, end] = [at, until].map((reading) => instantIn(zone, reading)?.toISOString());
  return { phone, reason, ...(since && { at: since }), ...(end && { until: end }) };
}
