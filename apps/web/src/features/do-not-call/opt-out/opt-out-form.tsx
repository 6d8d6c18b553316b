"use client";

import { type Message, say } from "@ringfence/core/platform/message";
import type { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { instantIn } from "@ringfence/core/platform/time";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { useForm, type UseFormReturn, useWatch } from "react-hook-form";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { PhoneField } from "@/components/phone-field";
import { Select } from "@/components/select";
import { Textarea } from "@/components/textarea";
import { channels, type OptOutGiven } from "./opt-out-given";
import { ScopeFields } from "./scope-fields";
import type { ScopeNames } from "./scope-words";
import { WhenFields } from "./when-fields";

type Recorded = Pick<RecordOptOut, "phone" | "channel" | "scope" | "note" | "recording"> & {
  at?: string;
};

type OptOutFormProps = {
  names: ScopeNames;
  homeRegion: string;
  /** Of the number. */
  fault: Message | null;
  failure: string | null;
  isBusy: boolean;
  onRecord: (optOut: Recorded) => void;
};

export function OptOutForm({
  names,
  homeRegion,
  fault,
  failure,
  isBusy,
  onRecord,
}: OptOutFormProps) {
  const t = useTranslations("newOptOut");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const form = useForm<OptOutGiven>({
    defaultValues: {
      phone: "",
      scope: "all",
      seller: names.sellers[0]?.key ?? "",
      purpose: names.purposes[0]?.key ?? "",
      channel: "agent",
      when: "now",
      at: "",
      recording: "",
      note: "",
    },
  });
  const submit = (given: OptOutGiven) => onRecord(recordedOf(given, zone));
  return (
    <form className="grid max-w-[32rem] gap-5 pt-4" onSubmit={form.handleSubmit(submit)}>
      {failure && <Banner tone="bad" role="alert" title={failure} />}
      <PhoneField
        typed={useWatch({ control: form.control, name: "phone" })}
        homeRegion={homeRegion}
        fault={fault ? say(locale, fault) : undefined}
        input={form.register("phone")}
      />
      <ScopeFields names={names} register={form.register} control={form.control} />
      <SaidFields register={form.register} control={form.control} />
      <div>
        <Button type="submit" look="primary" busy={isBusy && t("recording")}>
          {t("record")}
        </Button>
      </div>
    </form>
  );
}

/** How and when they said so, and in which words. */
function SaidFields({
  register,
  control,
}: Pick<UseFormReturn<OptOutGiven>, "register" | "control">) {
  const t = useTranslations("newOptOut");
  const channelNames = useTranslations("optOuts.channels");
  return (
    <>
      <Field label={t("channel")}>
        {(wired) => (
          <Select {...wired} {...register("channel")}>
            {channels.map((channel) => (
              <option key={channel} value={channel}>
                {channelNames(channel)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <WhenFields register={register} control={control} />
      <Field label={t("noteLabel")} isOptional hint={t("noteHint")}>
        {(wired) => <Textarea {...wired} maxLength={2_000} {...register("note")} />}
      </Field>
    </>
  );
}

function recordedOf(
  { phone, channel, note, when, at, recording, ...given }: OptOutGiven,
  zone: string,
): Recorded {
  const isEarlier = when === "earlier";
  const since = isEarlier ? instantIn(zone, at) : null;
  return {
    phone,
    channel,
    scope: scopeOf(given),
    ...(since && { at: since.toISOString() }),
    ...(note.trim() !== "" && { note }),
    ...(isEarlier && recording.trim() !== "" && { recording: recording.trim() }),
  };
}

function scopeOf({ scope, seller, purpose }: Pick<OptOutGiven, "scope" | "seller" | "purpose">) {
  if (scope === "seller") return { seller };
  if (scope === "purpose") return { purpose };
  return scope === "profiling" ? { profiling: true as const } : {};
}
