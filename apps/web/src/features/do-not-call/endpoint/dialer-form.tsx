"use client";

import type { ChangeDialer, ConnectDialer } from "@ringfence/core/do-not-call/endpoint";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { TextField } from "@/components/text-field";
import { EndpointReason } from "./endpoint-reason";
import { useConnect } from "./use-connect";

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
 * Form for the address and login of a dialer. Secrets are stored encrypted; an empty one keeps the stored
 * secret.
 */
export function DialerForm({ kind, known }: DialerFormProps) {
  const t = useTranslations("newEndpoint");
  const dialer = useTranslations("dialerFields");
  const [name, setName] = useState(known?.name ?? "");
  const [reason, setReason] = useState("");
  const [settings, setSettings] = useState<Texts>({ ...known?.settings });
  const given = { kind, name, settings: known ? withoutEmpty(settings) : settings };
  const { error, isPending, faults, submit } = useConnect(known, { given, reason });
  return (
    <form className="grid gap-4" onSubmit={submit}>
      {error && <Banner tone="bad" role="alert" title={error.message} />}
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
          onText={(text) => setSettings((known) => ({ ...known, [field]: text.trim() }))}
        />
      ))}
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

const isSecret = (kind: Kind, field: string) => field === (kind === "vicidial" ? "pass" : "url");

/** Leaves out empty settings, which keep their stored values. */
const withoutEmpty = (settings: Texts) =>
  Object.fromEntries(Object.entries(settings).filter(([, text]) => text !== ""));
