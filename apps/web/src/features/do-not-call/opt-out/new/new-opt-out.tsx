"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { RecordedOptOut } from "@ringfence/services/do-not-call/opt-out";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { type Message, say } from "@ringfence/core/platform/message";
import type { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { instantIn } from "@ringfence/core/platform/time";
import {
  type Control,
  type UseFormRegister,
  type UseFormReturn,
  useForm,
  useWatch,
} from "react-hook-form";
import { formatZone } from "@/i18n/format-time";
import { useTRPC } from "@/trpc/client";
import { type Choice, type ScopeNames, ScopeWords } from "../words";
import { Button, ButtonLink } from "@/components/buttons";
import { CopyButton } from "@/components/client-buttons";
import { Facts } from "@/components/page-layout";
import { LocalTime } from "@/components/dates";
import { PhoneText } from "@/components/people";
import { MessageText } from "@/components/message-text";
import { SubmitForm } from "@/components/save-form";
import { Field, Input, RadioGroup, Select, Textarea } from "@/components/fields";
import { MoreFields } from "@/components/more-fields";
import { PhoneField } from "@/components/phone-field";

type NewOptOutProps = { names: ScopeNames; homeRegion: string; mayRead: boolean };

/** Records an opt-out, then shows its reference until the page is closed. */
export function NewOptOut({ names, homeRegion, mayRead }: NewOptOutProps) {
  const trpc = useTRPC();
  const record = useMutation(trpc.optOut.record.mutationOptions());
  const [times, setTimes] = useState(0);
  const answer = record.data?.answer;
  if (answer) {
    return (
      <OptOutRecorded
        answer={answer}
        names={names}
        mayRead={mayRead}
        onAnother={() => {
          record.reset();
          setTimes(times + 1);
        }}
      />
    );
  }
  return (
    <OptOutForm
      key={times}
      names={names}
      homeRegion={homeRegion}
      fault={record.data?.fault ?? null}
      failure={record.error?.message ?? null}
      isBusy={record.isPending}
      onRecord={record.mutate}
    />
  );
}

type OptOutRecordedProps = {
  answer: RecordedOptOut;
  names: ScopeNames;
  /** True if the member may open the list. */
  mayRead: boolean;
  onAnother: () => void;
};

/** Says that the opt-out is in force, with the reference to read aloud. Takes the focus. */
function OptOutRecorded({ answer, names, mayRead, onAnother }: OptOutRecordedProps) {
  const t = useTranslations("newOptOut");
  const { phone, scope, effectiveAt, reference, notes } = answer;
  return (
    <div className="max-w-[32rem] pt-4">
      <div aria-live="polite" tabIndex={-1} ref={focus} className="grid gap-1">
        <p className="text-lg font-semibold">{t("done")}</p>
        <p>
          {t("reference")} <b className="font-mono text-xl tracking-wider">{reference}</b>
        </p>
        {notes.map((note) => (
          <p key={note.key}>
            <MessageText message={note} />
          </p>
        ))}
      </div>
      <div className="py-3">
        <CopyButton text={reference} />
      </div>
      <Facts
        facts={[
          { name: t("phone"), value: <PhoneText phone={phone} /> },
          { name: t("scope"), value: <ScopeWords scope={scope} names={names} /> },
          { name: t("since"), value: <LocalTime instant={effectiveAt} precision="evidence" /> },
        ]}
      />
      <div className="flex flex-wrap gap-2 pt-5">
        <Button look="primary" onClick={onAnother}>
          {t("another")}
        </Button>
        {mayRead && <ButtonLink href="/opt-outs">{t("toList")}</ButtonLink>}
      </div>
    </div>
  );
}

const focus = (element: HTMLElement | null) => element?.focus();

/** Channels on which a person can have said it, as opposed to logs, imports and other systems. */
const CHANNELS = ["agent", "sms", "email", "ivr", "web", "regulator"] as const;

type FormValues = {
  phone: string;
  scope: "all" | "seller" | "purpose" | "profiling";
  seller: string;
  purpose: string;
  channel: (typeof CHANNELS)[number];
  when: "now" | "earlier";
  /** Local date and time in the member's zone, if it was earlier. */
  at: string;
  /** Address or name of the recording of the call. */
  recording: string;
  note: string;
};

type OptOutRequest = Pick<RecordOptOut, "phone" | "channel" | "scope" | "note" | "recording"> & {
  at?: string;
};

type OptOutFormProps = {
  names: ScopeNames;
  homeRegion: string;
  /** Fault of the number. */
  fault: Message | null;
  failure: string | null;
  isBusy: boolean;
  onRecord: (optOut: OptOutRequest) => void;
};

function OptOutForm({ names, homeRegion, fault, failure, isBusy, onRecord }: OptOutFormProps) {
  const t = useTranslations("newOptOut");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const form = useForm<FormValues>({
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
  const submit = (given: FormValues) => onRecord(toRequest(given, zone));
  return (
    <SubmitForm
      className="grid max-w-[32rem] gap-5 pt-4"
      onSubmit={form.handleSubmit(submit)}
      error={failure}
      submit={t("record")}
      busy={isBusy && t("recording")}
    >
      <PhoneField
        typed={useWatch({ control: form.control, name: "phone" })}
        homeRegion={homeRegion}
        fault={fault ? say(locale, fault) : undefined}
        input={form.register("phone")}
      />
      <ScopeFields names={names} register={form.register} control={form.control} />
      <SourceFields register={form.register} control={form.control} />
    </SubmitForm>
  );
}

/** Fields for the channel, and folded for an earlier time and the person's words. */
function SourceFields({
  register,
  control,
}: Pick<UseFormReturn<FormValues>, "register" | "control">) {
  const t = useTranslations("newOptOut");
  const channelNames = useTranslations("optOuts.channels");
  const [when, note] = useWatch({ control, name: ["when", "note"] });
  return (
    <>
      <Field label={t("channel")}>
        {(wired) => (
          <Select {...wired} {...register("channel")}>
            {CHANNELS.map((channel) => (
              <option key={channel} value={channel}>
                {channelNames(channel)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <MoreFields
        title={t("timeAndNote")}
        note={t("timeAndNoteNow", { when, note: note.trim() === "" ? "none" : "given" })}
      >
        <WhenFields register={register} when={when} />
        <Field label={t("noteLabel")} isOptional hint={t("noteHint")}>
          {(wired) => <Textarea {...wired} maxLength={2_000} {...register("note")} />}
        </Field>
      </MoreFields>
    </>
  );
}

function toRequest(
  { phone, channel, note, when, at, recording, ...given }: FormValues,
  zone: string,
): OptOutRequest {
  const isEarlier = when === "earlier";
  const since = isEarlier ? instantIn(zone, at) : null;
  return {
    phone,
    channel,
    scope: toScope(given),
    ...(since && { at: since.toISOString() }),
    ...(note.trim() !== "" && { note }),
    ...(isEarlier && recording.trim() !== "" && { recording: recording.trim() }),
  };
}

function toScope({ scope, seller, purpose }: Pick<FormValues, "scope" | "seller" | "purpose">) {
  if (scope === "seller") return { seller };
  if (scope === "purpose") return { purpose };
  return scope === "profiling" ? { profiling: true as const } : {};
}

type ScopeFieldsProps = {
  names: ScopeNames;
  register: UseFormRegister<FormValues>;
  control: Control<FormValues>;
};

/** Fields for what the person opts out of. All calls come first, so that a slip errs on their side. */
function ScopeFields({ names, register, control }: ScopeFieldsProps) {
  const t = useTranslations("newOptOut");
  const scope = useWatch({ control, name: "scope" });
  const choices = (["all", "seller", "purpose", "profiling"] as const).map((value) => ({
    value,
    label: t(`scopes.${value}`),
    hint: t(`scopeHints.${value}`),
  }));
  return (
    <>
      <RadioGroup legend={t("scope")} radio={register("scope")} choices={choices} />
      {scope === "seller" && (
        <Field label={t("seller")}>
          {(wired) => (
            <Select {...wired} {...register("seller")}>
              <Options of={names.sellers} />
            </Select>
          )}
        </Field>
      )}
      {scope === "purpose" && (
        <Field label={t("purpose")} hint={t("purposeHint")}>
          {(wired) => (
            <Select {...wired} {...register("purpose")}>
              <Options of={names.purposes} />
            </Select>
          )}
        </Field>
      )}
    </>
  );
}

const Options = ({ of }: { of: readonly Choice[] }) =>
  of.map(({ key, name }) => (
    <option key={key} value={key}>
      {name}
    </option>
  ));

type WhenFieldsProps = Pick<UseFormReturn<FormValues>, "register"> & Pick<FormValues, "when">;

/** Fields for an opt-out that was made earlier. It takes effect from then, and may name the recording. */
function WhenFields({ register, when }: WhenFieldsProps) {
  const t = useTranslations("newOptOut");
  const zone = useTimeZone() ?? "UTC";
  const choices = [
    { value: "now", label: t("whens.now") },
    { value: "earlier", label: t("whens.earlier"), hint: t("whenHints.earlier") },
  ] as const;
  return (
    <>
      <RadioGroup legend={t("when")} radio={register("when")} choices={choices} />
      {when === "earlier" && (
        <>
          <Field label={t("at")} hint={t("atHint", { zone: formatZone(zone) })}>
            {(wired) => <Input {...wired} type="datetime-local" required {...register("at")} />}
          </Field>
          <Field label={t("recordingLabel")} isOptional hint={t("recordingHint")}>
            {(wired) => <Input {...wired} maxLength={2_048} {...register("recording")} />}
          </Field>
        </>
      )}
    </>
  );
}
