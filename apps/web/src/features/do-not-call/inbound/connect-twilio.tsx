"use client";

import { ConnectTwilio as Given } from "@ringfence/core/do-not-call/inbound";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/trpc/client";
import { useRefreshed } from "@/trpc/use-refreshed";
import { SourceForm } from "./source-forms";

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
      read={(given) => Given.safeParse(given)}
      onRead={(input, onSuccess) => connect.mutate(input, { onSuccess })}
      isBusy={connect.isPending}
      submit={t("connect")}
    />
  );
}
