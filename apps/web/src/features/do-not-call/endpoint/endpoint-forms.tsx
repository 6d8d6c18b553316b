"use client";
import {
  ChangeDialer,
  type ConnectDialer,
  FileEvery,
  NewDialer,
  SftpSettings,
} from "@ringfence/core/do-not-call/endpoint";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Banner } from "@/components/banner";
import { SubmitForm } from "@/components/save-form";
import { ChoiceField, Field, SecretText, TextField } from "@/components/fields";
import { useSubmit } from "@/components/form-faults";
import { MoreFields } from "@/components/more-fields";
import { useTRPC } from "@/trpc/client";

type Kind = Exclude<ConnectDialer["kind"], "sftp">;

/** Settings that each kind of dialer needs, in the order of the form, with their message keys. */
const fields = {
  vicidial: [
    ["url", "vicidialUrl"],
    ["user", "user"],
    ["pass", "pass"],
    ["phoneCode", "phoneCode"],
  ],
  bitrix24: [
    ["url", "bitrix24Url"],
    ["field", "field"],
  ],
} as const satisfies Record<Kind, readonly (readonly [string, string])[]>;

type KnownDialer = Exclude<ChangeDialer, { kind: "sftp" }>;
type Texts = Readonly<Record<string, string | undefined>>;
type DialerFormProps = { kind: Kind; known?: KnownDialer };

/**
 * Form for the address and login of a dialer. Secrets are stored encrypted; when a dialer is changed, an empty one
 * keeps the stored secret.
 */
export function DialerForm({ kind, known }: DialerFormProps) {
  const t = useTranslations("newEndpoint");
  const dialer = useTranslations("dialerFields");
  const [name, setName] = useState(known?.name ?? "");
  const [reason, setReason] = useState("");
  const [settings, setSettings] = useState<Texts>({ ...known?.settings });
  const given = { kind, name, settings: known ? withoutEmpty(settings) : settings };
  const { faults, form } = useConnect(known, { given, reason });
  return (
    <SubmitForm className="grid gap-4" {...form}>
      <TextField
        words={{ label: t("name"), hint: t("nameHint"), fault: t("nameFault") }}
        isFault={faults.includes("name")}
        value={name}
        onText={setName}
      />
      {fields[kind].map(([field, words]) => (
        <TextField
          key={field}
          words={{
            label: dialer(`${words}.label`),
            hint: known && isSecret(kind, field) ? t("secretStays") : dialer(`${words}.hint`),
            fault: dialer(`${words}.fault`),
          }}
          isFault={faults.includes(field)}
          isSecret={field === "pass"}
          value={settings[field] ?? ""}
          onText={(text) => setSettings((before) => ({ ...before, [field]: text.trim() }))}
        />
      ))}
      {!known && (
        <EndpointReason reason={reason} isFault={faults.includes("reason")} onReason={setReason} />
      )}
    </SubmitForm>
  );
}

const isSecret = (kind: Kind, field: string) => field === (kind === "vicidial" ? "pass" : "url");

/** Leaves out empty settings, which keep their stored values. */
const withoutEmpty = (settings: Texts) =>
  Object.fromEntries(Object.entries(settings).filter(([, text]) => text !== ""));

const contents = SftpSettings.shape.content.options;
const serverFields = ["name", "host", "user", "hostKey"] as const;
const initialValues = { content: "list", every: "change", port: "22", secret: "" } as const;

type KnownFile = Extract<ChangeDialer, { kind: "sftp" }>;
type FormValues = {
  content: SftpSettings["content"];
  every: FileEvery;
  port: string;
  secret: string;
} & Partial<Record<(typeof serverFields)[number] | "path", string>>;

/** Form for a server that receives files of opt-outs: login and path, and folded what has a default. */
export function FileForm({ known }: { known?: KnownFile }) {
  const words = useTranslations("fileFields");
  const [given, setGiven] = useState<FormValues>(known ? toTexts(known) : initialValues);
  const [reason, setReason] = useState("");
  const { faults, form } = useConnect(known, {
    given: toDialer(given, known !== undefined),
    reason,
  });
  const set = (more: Partial<FormValues>) => setGiven((before) => ({ ...before, ...more }));
  const text = (field: (typeof serverFields)[number] | "port" | "path") => ({
    text: given[field] ?? "",
    isFault: faults.includes(field),
    onText: (text: string) => set({ [field]: text }),
  });
  const { content, every, port, secret } = given;
  return (
    <SubmitForm className="grid gap-4" {...form}>
      {serverFields.map((field) => (
        <FileText key={field} words={field} {...text(field)} />
      ))}
      <FileSecret
        secret={secret}
        stays={known !== undefined}
        isFault={faults.includes("secret")}
        onSecret={(secret) => set({ secret })}
      />
      <FileText words={content === "changes" ? "folder" : "file"} {...text("path")} />
      {!known && (
        <EndpointReason reason={reason} isFault={faults.includes("reason")} onReason={setReason} />
      )}
      <MoreFields note={words("advancedNote", { content, every, port })}>
        <ChoiceField
          label={words("contentLabel")}
          hint={words(`contentHints.${content}`)}
          choices={contents.map((key) => ({ key, name: words(`contents.${key}`) }))}
          chosen={content}
          onChoose={(content) => set({ content })}
        />
        <FileEveryField every={every} onEvery={(every) => set({ every })} />
        <FileText words="port" {...text("port")} />
      </MoreFields>
    </SubmitForm>
  );
}

/** Converts the typed texts into settings. `mayStay` allows an empty secret, which keeps the stored one. */
function toDialer({ name, every, port, secret, ...given }: FormValues, mayStay: boolean) {
  const settings = {
    ...given,
    port: /^\d+$/.test(port) ? Number(port) : 0,
    ...(!(mayStay && secret === "") && { secret }),
  };
  return { kind: "sftp", name, settings, every };
}

const toTexts = ({ name, every, settings }: KnownFile): FormValues => ({
  name,
  every,
  ...settings,
  port: `${settings.port}`,
  secret: "",
});

type FileTextProps = {
  words: "name" | "host" | "port" | "user" | "hostKey" | "file" | "folder";
  text: string;
  isFault: boolean;
  onText: (text: string) => void;
};

/** Text field for a setting of the server. */
function FileText({ words, text, isFault, onText }: FileTextProps) {
  const t = useTranslations("fileFields");
  return (
    <TextField
      words={{ label: t(`${words}.label`), hint: t(`${words}.hint`), fault: t(`${words}.fault`) }}
      isFault={isFault}
      value={text}
      onText={onText}
    />
  );
}

type FileSecretProps = {
  secret: string;
  /** True if an empty field keeps the stored secret. */
  stays: boolean;
  isFault: boolean;
  onSecret: (secret: string) => void;
};

/** Field for the secret that opens the server. */
function FileSecret({ secret, stays, isFault, onSecret }: FileSecretProps) {
  const t = useTranslations("fileFields.secret");
  return (
    <Field
      label={t("label")}
      hint={t(stays ? "stays" : "hint")}
      fault={isFault ? t("fault") : undefined}
    >
      {(wired) => <SecretText {...wired} secret={secret} onSecret={onSecret} />}
    </Field>
  );
}

type EndpointReasonProps = {
  reason: string;
  isFault: boolean;
  onReason: (reason: string) => void;
};

/** Asks why an outside system receives data about people. */
function EndpointReason({ reason, isFault, onReason }: EndpointReasonProps) {
  const t = useTranslations("newEndpoint");
  return (
    <TextField
      words={{ label: t("reason"), hint: t("reasonHint"), fault: t("reasonFault") }}
      {...{ isFault }}
      value={reason}
      onText={onReason}
    />
  );
}

type FileEveryFieldProps = { every: FileEvery; onEvery: (every: FileEvery) => void };

/** Chooses how often a file is written. Warns that opt-outs between two files reach the dialer later. */
function FileEveryField({ every, onEvery }: FileEveryFieldProps) {
  const words = useTranslations("fileFields");
  return (
    <>
      <ChoiceField
        label={words("everyLabel")}
        hint={words("everyHint")}
        choices={FileEvery.options.map((key) => ({ key, name: words(`every.${key}`) }))}
        chosen={every}
        onChoose={onEvery}
      />
      {every !== "change" && (
        <output>
          <Banner tone="care" title={words("everyLater")} />
        </output>
      )}
    </>
  );
}

/** The typed settings of a dialer, and the reason for connecting it. A known dialer needs no reason. */
type Typed = { given: object; reason: string };

/**
 * Connects a dialer, or changes the settings of a known one, and goes to its page. `faults` are the fields
 * that cannot be read, once it was submitted; `form` is what its `SubmitForm` needs.
 */
function useConnect(known: ChangeDialer | undefined, { given, reason }: Typed) {
  const t = useTranslations("newEndpoint");
  const trpc = useTRPC();
  const router = useRouter();
  const show = (id: string) => {
    router.push(`/endpoints/${id}`);
    router.refresh();
  };
  const connect = useMutation(
    trpc.endpoint.connect.mutationOptions({ onSuccess: ({ id }) => show(id) }),
  );
  const change = useMutation(
    trpc.endpoint.changeDialer.mutationOptions({
      onSuccess: (_, { endpointId }) => show(endpointId),
    }),
  );
  const read = known
    ? ChangeDialer.safeParse({ ...given, endpointId: known.endpointId })
    : NewDialer.safeParse({ dialer: given, reason });
  const { faults, submit } = useSubmit<ChangeDialer | NewDialer>(read, (fields) => {
    if ("endpointId" in fields) change.mutate(fields);
    else connect.mutate(fields);
  });
  const { error, isPending } = known === undefined ? connect : change;
  return {
    faults,
    form: {
      onSubmit: submit,
      error: error?.message,
      submit: t(known ? "save" : "connect"),
      busy: isPending && t("making"),
    },
  };
}
