"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ChoiceField } from "@/components/choice-field";
import { DialerForm } from "./dialer-form";
import { FileForm } from "./file-form";
import { NewWebhook } from "./new-webhook";

const kinds = ["webhook", "vicidial", "bitrix24", "sftp"] as const;

/** A webhook, a dialer that is spoken to in its own protocol, or a server that files go to. */
export function NewEndpoint() {
  const names = useTranslations("endpoints.kinds");
  const t = useTranslations("newEndpoint");
  const [kind, setKind] = useState<(typeof kinds)[number]>("webhook");
  return (
    <div className="grid max-w-[32rem] gap-4">
      <ChoiceField
        label={t("kind")}
        hint={t(`kindHints.${kind}`)}
        choices={kinds.map((key) => ({ key, name: names(key) }))}
        chosen={kind}
        onChoose={setKind}
      />
      {kind === "webhook" && <NewWebhook />}
      {kind === "sftp" && <FileForm />}
      {(kind === "vicidial" || kind === "bitrix24") && <DialerForm key={kind} kind={kind} />}
    </div>
  );
}
