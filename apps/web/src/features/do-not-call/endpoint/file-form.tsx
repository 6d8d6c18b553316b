"use client";
import {
  type ChangeDialer,
  type FileEvery,
  SftpSettings,
} from "@ringfence/core/do-not-call/endpoint";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { ChoiceField } from "@/components/choice-field";
import { EndpointReason } from "./endpoint-reason";
import { FileEveryField } from "./file-every-field";
import { useConnect } from "./use-connect";
import { TextField } from "@/components/text-field";
import { Field } from "@/components/field";
import { SecretText } from "@/components/secret-text";

const contents = SftpSettings.shape.content.options;
const server = ["name", "host", "port", "user", "hostKey"] as const;
const atFirst = { content: "list", every: "change", port: "22", secret: "" } as const;

type KnownFile = Extract<ChangeDialer, { kind: "sftp" }>;
type FormValues = {
  content: SftpSettings["content"];
  every: FileEvery;
  port: string;
  secret: string;
} & Partial<Record<(typeof server)[number] | "path", string>>;

/** Form for a server that receives files of opt-outs: login, content and schedule. */
export function FileForm({ known }: { known?: KnownFile }) {
  const t = useTranslations("newEndpoint");
  const words = useTranslations("fileFields");
  const [given, setGiven] = useState<FormValues>(known ? toTexts(known) : atFirst);
  const [reason, setReason] = useState("");
  const { error, isPending, faults, submit } = useConnect(known, {
    given: toDialer(given, known !== undefined),
    reason,
  });
  const set = (more: Partial<FormValues>) => setGiven((known) => ({ ...known, ...more }));
  const text = (field: (typeof server)[number] | "path") => ({
    text: given[field] ?? "",
    isFault: faults.includes(field),
    onText: (text: string) => set({ [field]: text }),
  });
  const { content, every, secret } = given;
  return (
    <form className="grid gap-4" onSubmit={submit}>
      {error && <Banner tone="bad" role="alert" title={error.message} />}
      {server.map((field) => (
        <FileText key={field} words={field} {...text(field)} />
      ))}
      <FileSecret
        secret={secret}
        stays={known !== undefined}
        isFault={faults.includes("secret")}
        onSecret={(secret) => set({ secret })}
      />
      <ChoiceField
        label={words("contentLabel")}
        hint={words(`contentHints.${content}`)}
        choices={contents.map((key) => ({ key, name: words(`contents.${key}`) }))}
        chosen={content}
        onChoose={(content) => set({ content })}
      />
      <FileText words={content === "changes" ? "folder" : "file"} {...text("path")} />
      <FileEveryField every={every} onEvery={(every) => set({ every })} />
      {!known && (
        <EndpointReason reason={reason} isFault={faults.includes("reason")} onReason={setReason} />
      )}
      <div>
        <Button type="submit" look="primary" busy={isPending && t("making")}>
          {t(known ? "save" : "connect")}
        </Button>
      </div>
    </form>
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
