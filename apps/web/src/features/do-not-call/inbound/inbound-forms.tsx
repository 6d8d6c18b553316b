"use client";
import type { QuestionId, SourceId } from "@ringfence/core/ids";
import {
  ConnectMailgun as MailgunSource,
  MapDisposition,
  ReplaceSecret,
  ReplyReading,
  ConnectTwilio as TwilioSource,
} from "@ringfence/core/do-not-call/inbound";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { listQuestions } from "@ringfence/services/do-not-call/inbound";
import { useRouter } from "next/navigation";
import { Button, ButtonLink } from "@/components/buttons";
import { ConfirmDialog } from "@/components/dialogs";
import { useRefreshed, useTRPC } from "@/trpc/client";
import { ChoiceField, Field, Input, Select, TextField } from "@/components/fields";
import { type ParsedFields, faultyFields, useWasSent } from "@/components/form-faults";
import { LocalTime } from "@/components/dates";
import { PhoneText } from "@/components/people";
import { MessageText } from "@/components/message-text";
import { showToast } from "@/components/toast";

type SourceActionsProps = { sourceId: SourceId; account: string };

/** Replaces the key of an account, or disconnects the account. */
export function SourceActions({ sourceId, account }: SourceActionsProps) {
  const t = useTranslations("inboundSources");
  const [open, setOpen] = useState<"replace" | "disconnect" | null>(null);
  const { replace, disconnect } = useSourceChanges();
  const words = { label: t("secretLabel"), hint: t("secretHint"), fault: t("secretFault") };
  return (
    <div className="grid gap-1">
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          aria-expanded={open === "replace"}
          aria-label={t("replaceOf", { account })}
          onClick={() => setOpen(open === "replace" ? null : "replace")}
        >
          {t("replace")}
        </Button>
        <Button
          size="small"
          aria-label={t("disconnectOf", { account })}
          busy={disconnect.isPending && t("busy")}
          onClick={() => setOpen("disconnect")}
        >
          {t("disconnect")}
        </Button>
      </div>
      {open === "replace" && (
        <SourceForm
          fields={[{ name: "secret", words, isSecret: true }]}
          parse={(given) => ReplaceSecret.safeParse({ ...given, sourceId })}
          onSubmit={(input) => replace.mutate(input, { onSuccess: () => setOpen(null) })}
          isBusy={replace.isPending}
          submit={t("keep")}
        />
      )}
      {replace.isSuccess && open === null && <output>{t("replaced")}</output>}
      {open === "disconnect" && (
        <ConfirmDialog
          title={t("disconnectTitle", { account })}
          confirm={t("disconnect")}
          onConfirm={() => disconnect.mutate({ sourceId })}
          onClose={() => setOpen(null)}
        >
          {t("disconnectBody")}
        </ConfirmDialog>
      )}
    </div>
  );
}

function useSourceChanges() {
  const trpc = useTRPC();
  const options = useRefreshed();
  return {
    replace: useMutation(trpc.inbound.replaceSecret.mutationOptions(options)),
    disconnect: useMutation(trpc.inbound.disconnect.mutationOptions(options)),
  };
}

type SourceField<Name extends string> = {
  name: Name;
  words: { label: string; hint: string; fault: string };
  isSecret?: boolean;
};

type SourceFormProps<Name extends string, Input> = {
  fields: readonly SourceField<Name>[];
  parse: (given: Partial<Record<Name, string>>) => ParsedFields<Input>;
  /** Saves the input, and calls `onDone` after success, if the form stays. */
  onSubmit: (input: Input, onDone: () => void) => void;
  isBusy: boolean;
  submit: string;
};

/** Form for a provider's account. Secrets are masked. `onDone` clears the fields. */
function SourceForm<Name extends string, Input>({
  fields,
  parse,
  onSubmit,
  isBusy,
  submit,
}: SourceFormProps<Name, Input>) {
  const t = useTranslations("inboundSources");
  const [given, setGiven] = useState<Partial<Record<Name, string>>>({});
  const { wasSent, send, startOver } = useWasSent();
  const { data, error } = parse(given);
  const faults = faultyFields(wasSent, error);
  return (
    <form
      className="grid max-w-[32rem] gap-3 py-3"
      onSubmit={(event) => {
        send(event);
        if (data === undefined) return;
        onSubmit(data, () => {
          setGiven({});
          startOver();
        });
      }}
    >
      {fields.map(({ name, words, isSecret = false }) => (
        <TextField
          key={name}
          words={words}
          isFault={faults.includes(name)}
          isSecret={isSecret}
          value={given[name] ?? ""}
          onText={(text) => setGiven((before) => ({ ...before, [name]: text.trim() }))}
        />
      ))}
      <div>
        <Button type="submit" busy={isBusy && t("busy")}>
          {submit}
        </Button>
      </div>
    </form>
  );
}

const MAILGUN_FIELDS = ["domain", "signingKey"] as const;

/** Connects a Mailgun domain whose mail counts as written by people. Its key is stored encrypted. */
export function ConnectMailgun() {
  const t = useTranslations("mailgun");
  const trpc = useTRPC();
  const connect = useMutation(trpc.inbound.connectMailgun.mutationOptions(useRefreshed()));
  return (
    <SourceForm
      fields={MAILGUN_FIELDS.map((name) => ({
        name,
        words: { label: t(`${name}.label`), hint: t(`${name}.hint`), fault: t(`${name}.fault`) },
        isSecret: name === "signingKey",
      }))}
      parse={(given) => MailgunSource.safeParse(given)}
      onSubmit={(input, onSuccess) => connect.mutate(input, { onSuccess })}
      isBusy={connect.isPending}
      submit={t("connect")}
    />
  );
}

const TWILIO_FIELDS = ["account", "token", "origin"] as const;

/** Connects a Twilio account whose requests count as said by people. Its token is stored encrypted. */
export function ConnectTwilio() {
  const t = useTranslations("twilio");
  const trpc = useTRPC();
  const connect = useMutation(trpc.inbound.connectTwilio.mutationOptions(useRefreshed()));
  return (
    <SourceForm
      fields={TWILIO_FIELDS.map((name) => ({
        name,
        words: { label: t(`${name}.label`), hint: t(`${name}.hint`), fault: t(`${name}.fault`) },
        isSecret: name === "token",
      }))}
      parse={(given) => TwilioSource.safeParse(given)}
      onSubmit={(input, onSuccess) => connect.mutate(input, { onSuccess })}
      isBusy={connect.isPending}
      submit={t("connect")}
    />
  );
}

/** Maps a dialer's code that the member types, so that it can be mapped before any call has it. */
export function MapCode() {
  const t = useTranslations("dispositions");
  const [system, setSystem] = useState("vicidial");
  const [code, setCode] = useState("");
  const [reading, setReading] = useState<ReplyReading>("refusal");
  const { wasSent, send, startOver } = useWasSent();
  const map = useMapping();
  const given = MapDisposition.safeParse({ system: system.trim(), code: code.trim(), reading });
  const mapping =
    given.success && given.data.code !== "" && given.data.system !== "" ? given.data : null;
  const onSuccess = () => {
    setCode("");
    startOver();
  };
  return (
    <form
      className="grid max-w-[32rem] gap-3 py-3"
      onSubmit={(event) => {
        send(event);
        if (mapping) map.mutate(mapping, { onSuccess });
      }}
    >
      <Field label={t("system")} hint={t("systemHint")}>
        {(wired) => (
          <Input
            {...wired}
            value={system}
            maxLength={32}
            onChange={({ currentTarget }) => setSystem(currentTarget.value)}
          />
        )}
      </Field>
      <Field label={t("code")} fault={wasSent && mapping === null ? t("codeFault") : undefined}>
        {(wired) => (
          <Input
            {...wired}
            value={code}
            maxLength={64}
            onChange={({ currentTarget }) => setCode(currentTarget.value)}
          />
        )}
      </Field>
      <ChoiceField
        label={t("means")}
        choices={ReplyReading.options.map((key) => ({ key, name: t(`readings.${key}`) }))}
        chosen={reading}
        onChoose={setReading}
      />
      <div>
        <Button type="submit" busy={map.isPending && t("saving")}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

type ReadingChoiceProps = {
  system: string;
  code: string;
  reading: ReplyReading;
  /** True if the member may only read it. The page says who may change it. */
  isShut: boolean;
};

/** Select for the meaning of a code. A choice is saved at once and applies from now on. */
export function ReadingChoice({ system, code, reading, isShut }: ReadingChoiceProps) {
  const t = useTranslations("dispositions");
  const map = useMapping();
  if (isShut) return t(`readings.${reading}`);
  return (
    <Field label={t("meansOf", { code })} isLabelHidden>
      {(wired) => (
        <Select
          {...wired}
          value={reading}
          disabled={map.isPending}
          onChange={({ currentTarget }) =>
            map.mutate({ system, code, reading: ReplyReading.parse(currentTarget.value) })
          }
        >
          {ReplyReading.options.map((option) => (
            <option key={option} value={option}>
              {t(`readings.${option}`)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** Saves the meaning of a code and refreshes the page. */
function useMapping() {
  const trpc = useTRPC();
  return useMutation(trpc.inbound.map.mutationOptions(useRefreshed()));
}

type Question = Awaited<ReturnType<typeof listQuestions>>["items"][number];

type QuestionListProps = { questions: readonly Question[]; whyNot: string | undefined };

/**
 * Lists messages that may be opt-outs. An opt-out that a member confirms is in force from the time of the
 * message.
 */
export function QuestionList({ questions, whyNot }: QuestionListProps) {
  const t = useTranslations("questions");
  const channels = useTranslations("optOuts.channels");
  const answer = useAnswer();
  const settle = (questionId: QuestionId, isRefusal: boolean) =>
    answer.mutate({ questionId, isRefusal });
  return (
    <ul>
      {questions.map(({ id, phone, channel, text, pattern, receivedAt }) => (
        <li
          key={id}
          className="grid gap-2 border-b border-line py-2.5 sm:grid-cols-[minmax(0,1fr)_auto]"
        >
          <div>
            <p>
              <QuestionText {...{ text, pattern }} />
            </p>
            <p className="text-sm text-muted">
              {phone ? <PhoneText phone={phone} /> : t("noPhone")}, {channels(channel)},{" "}
              <LocalTime instant={receivedAt} />
            </p>
          </div>
          <div className="flex flex-wrap items-start gap-2">
            <Button
              size="small"
              whyNot={whyNot}
              disabled={answer.isPending}
              onClick={() => settle(id, true)}
            >
              {t("refusal")}
            </Button>
            {whyNot === undefined && (
              <Button size="small" disabled={answer.isPending} onClick={() => settle(id, false)}>
                {t("other")}
              </Button>
            )}
            {whyNot === undefined && (
              <ButtonLink size="small" href={`/complaints/new?question=${id}`}>
                {t("complaint")}
              </ButtonLink>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Shows what the person said, or else the pattern in the ends of their calls. */
function QuestionText({ text, pattern }: Pick<Question, "text" | "pattern">) {
  const t = useTranslations("questions");
  if (pattern !== null) return <MessageText message={pattern} />;
  return text === "" ? t("erased") : t("said", { text });
}

function useAnswer() {
  const t = useTranslations("questions");
  const trpc = useTRPC();
  const router = useRouter();
  return useMutation(
    trpc.inbound.answer.mutationOptions({
      onSuccess({ reference }) {
        if (reference) showToast({ tone: "done", title: t("recorded", { reference }) });
        router.refresh();
      },
      onError: ({ message }) => showToast({ tone: "bad", title: message }),
    }),
  );
}
