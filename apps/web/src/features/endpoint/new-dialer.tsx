"use client";

import { ConnectDialer } from "@ringfence/core/endpoint";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { TextField } from "@/components/text-field";
import { useConnect } from "./use-connect";

type Kind = Exclude<ConnectDialer["kind"], "sftp">;

/** What one has to know to speak to each, in the order in which it is asked, and the words for it. */
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

/** How a dialer is reached and signed in to; what opens it is kept encrypted. */
export function NewDialer({ kind }: { kind: Kind }) {
  const t = useTranslations("newEndpoint");
  const dialer = useTranslations("dialerFields");
  const [name, setName] = useState("");
  const [settings, setSettings] = useState<Record<string, string>>({});
  const [faults, setFaults] = useState<readonly unknown[]>([]);
  const connect = useConnect();
  const submit = () => {
    const { data, error } = ConnectDialer.safeParse({ kind, name, settings });
    setFaults(error?.issues.map(({ path }) => path.at(-1)) ?? []);
    if (data) connect.mutate(data);
  };
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {connect.error && <Banner tone="bad" role="alert" title={connect.error.message} />}
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
            hint: dialer(`${words}.hint`),
            fault: dialer(`${words}.fault`),
          }}
          isFault={faults.includes(field)}
          isSecret={field === "pass"}
          value={settings[field] ?? ""}
          onText={(text) => setSettings((known) => ({ ...known, [field]: text.trim() }))}
        />
      ))}
      <div>
        <Button type="submit" look="primary" busy={connect.isPending && t("making")}>
          {t("connect")}
        </Button>
      </div>
    </form>
  );
}
