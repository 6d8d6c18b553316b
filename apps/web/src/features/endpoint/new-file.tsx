"use client";

import { ConnectDialer, type FileEvery, SftpSettings } from "@ringfence/core/endpoint";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { ChoiceField } from "@/components/choice-field";
import { FileEveryField } from "./file-every-field";
import { FileSecret } from "./file-secret";
import { FileText } from "./file-text";
import { useConnect } from "./use-connect";

const contents = SftpSettings.shape.content.options;
const server = ["name", "host", "port", "user", "hostKey"] as const;
const atFirst = { content: "list", every: "change", port: "22", secret: "" } as const;

type Given = {
  content: SftpSettings["content"];
  every: FileEvery;
  port: string;
  secret: string;
} & Partial<Record<(typeof server)[number] | "path", string>>;

/** The server that a file of refusals goes to, who signs in there, and what the file holds and when. */
export function NewFile() {
  const t = useTranslations("newEndpoint");
  const words = useTranslations("fileFields");
  const [given, setGiven] = useState<Given>(atFirst);
  const [faults, setFaults] = useState<readonly unknown[]>([]);
  const connect = useConnect();
  const set = (more: Partial<Given>) => setGiven((known) => ({ ...known, ...more }));
  const submit = () => {
    const { data, error } = readForm(given);
    setFaults(error?.issues.map(({ path }) => path.at(-1)) ?? []);
    if (data) connect.mutate(data);
  };
  const text = (field: (typeof server)[number] | "path") => ({
    text: given[field] ?? "",
    isFault: faults.includes(field),
    onText: (text: string) => set({ [field]: text }),
  });
  const { content, every, secret } = given;
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {connect.error && <Banner tone="bad" role="alert" title={connect.error.message} />}
      {server.map((field) => (
        <FileText key={field} words={field} {...text(field)} />
      ))}
      <FileSecret
        secret={secret}
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
      <div>
        <Button type="submit" look="primary" busy={connect.isPending && t("making")}>
          {t("connect")}
        </Button>
      </div>
    </form>
  );
}

/** In a field all is text. */
function readForm({ name, every, port, ...given }: Given) {
  const settings = { ...given, port: /^\d+$/.test(port) ? Number(port) : 0 };
  return ConnectDialer.safeParse({ kind: "sftp", name, settings, every });
}
