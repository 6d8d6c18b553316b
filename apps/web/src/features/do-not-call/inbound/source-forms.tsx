"use client";
import type { SourceId } from "@ringfence/core/ids";
import {
  ConnectMailgun as MailgunSource,
  ReplaceSecret,
  ConnectTwilio as TwilioSource,
} from "@ringfence/core/do-not-call/inbound";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/buttons";
import { ConfirmDialog } from "@/components/dialogs";
import { useRefreshed, useTRPC } from "@/trpc/client";
import { TextField } from "@/components/fields";
import { faultyFields, useWasSent } from "@/components/form-faults";

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
          read={(given) => ReplaceSecret.safeParse({ ...given, sourceId })}
          onRead={(input) => replace.mutate(input, { onSuccess: () => setOpen(null) })}
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

type Read<Input> = {
  data?: Input | undefined;
  error?: { issues: { path: PropertyKey[] }[] } | undefined;
};

type SourceFormProps<Name extends string, Input> = {
  fields: readonly SourceField<Name>[];
  read: (given: Partial<Record<Name, string>>) => Read<Input>;
  onRead: (input: Input, onDone: () => void) => void;
  isBusy: boolean;
  submit: string;
};

/** Form for a provider's account. Secrets are masked. The fields are cleared after success. */
function SourceForm<Name extends string, Input>({
  fields,
  read,
  onRead,
  isBusy,
  submit,
}: SourceFormProps<Name, Input>) {
  const t = useTranslations("inboundSources");
  const [given, setGiven] = useState<Partial<Record<Name, string>>>({});
  const { wasSent, send, startOver } = useWasSent();
  const { data, error } = read(given);
  const faults = faultyFields(wasSent, error);
  return (
    <form
      className="grid max-w-[32rem] gap-3 py-3"
      onSubmit={(event) => {
        send(event);
        if (data === undefined) return;
        onRead(data, () => {
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
          onText={(text) => setGiven((known) => ({ ...known, [name]: text.trim() }))}
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
      read={(given) => MailgunSource.safeParse(given)}
      onRead={(input, onSuccess) => connect.mutate(input, { onSuccess })}
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
      read={(given) => TwilioSource.safeParse(given)}
      onRead={(input, onSuccess) => connect.mutate(input, { onSuccess })}
      isBusy={connect.isPending}
      submit={t("connect")}
    />
  );
}
