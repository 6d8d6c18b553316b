"use client";

import { type Message, say } from "@ringfence/core/message";
import type { RecordOptOut } from "@ringfence/core/opt-out";
import { instantIn } from "@ringfence/core/time";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { type UseFormRegister, useForm } from "react-hook-form";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { Select } from "@/components/select";
import { Textarea } from "@/components/textarea";
import { channels, type OptOutGiven } from "./opt-out-given";
import { ReadAs } from "./read-as";
import { ScopeFields } from "./scope-fields";
import type { ScopeNames } from "./scope-words";

type Recorded = Pick<RecordOptOut, "phone" | "channel" | "scope" | "note"> & { at?: string };

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
      at: "",
      note: "",
    },
  });
  const submit = (given: OptOutGiven) => onRecord(recordedOf(given, zone));
  return (
    <form className="grid max-w-[32rem] gap-5 pt-4" onSubmit={form.handleSubmit(submit)}>
      {failure && <Banner tone="bad" role="alert" title={failure} />}
      <Field
        label={t("phone")}
        fault={fault ? say(locale, fault) : undefined}
        hint={<ReadAs control={form.control} homeRegion={homeRegion} />}
      >
        {(wired) => (
          <Input
            {...wired}
            type="tel"
            autoComplete="off"
            maxLength={256}
            required
            {...form.register("phone")}
          />
        )}
      </Field>
      <ScopeFields names={names} register={form.register} control={form.control} />
      <SaidFields register={form.register} />
      <div>
        <Button type="submit" look="primary" busy={isBusy && t("recording")}>
          {t("record")}
        </Button>
      </div>
    </form>
  );
}

/** How and when they said so, and in which words. */
function SaidFields({ register }: { register: UseFormRegister<OptOutGiven> }) {
  const t = useTranslations("newOptOut");
  const channelNames = useTranslations("optOuts.channels");
  const zone = useTimeZone() ?? "UTC";
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
      <Field label={t("at")} isOptional hint={t("atHint", { zone })}>
        {(wired) => <Input {...wired} type="datetime-local" {...register("at")} />}
      </Field>
      <Field label={t("noteLabel")} isOptional hint={t("noteHint")}>
        {(wired) => <Textarea {...wired} maxLength={2_000} {...register("note")} />}
      </Field>
    </>
  );
}

function recordedOf({ phone, channel, at, note, ...given }: OptOutGiven, zone: string): Recorded {
  const since = at === "" ? null : instantIn(zone, at);
  return {
    phone,
    channel,
    scope: scopeOf(given),
    ...(since && { at: since.toISOString() }),
    ...(note.trim() !== "" && { note }),
  };
}

function scopeOf({ scope, seller, purpose }: Pick<OptOutGiven, "scope" | "seller" | "purpose">) {
  if (scope === "seller") return { seller };
  if (scope === "purpose") return { purpose };
  return scope === "profiling" ? { profiling: true as const } : {};
}
