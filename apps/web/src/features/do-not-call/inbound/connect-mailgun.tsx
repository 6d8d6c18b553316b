"use client";

import { ConnectMailgun as Given } from "@ringfence/core/do-not-call/inbound";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/trpc/client";
import { useRefreshed } from "@/trpc/use-refreshed";
import { SourceForm } from "./source-forms";

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
      read={(given) => Given.safeParse(given)}
      onRead={(input, onSuccess) => connect.mutate(input, { onSuccess })}
      isBusy={connect.isPending}
      submit={t("connect")}
    />
  );
}
