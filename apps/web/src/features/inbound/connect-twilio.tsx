"use client";

import { ConnectTwilio as Given } from "@ringfence/core/inbound";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { TextField } from "@/components/text-field";
import { useTRPC } from "@/trpc/client";

const fields = ["account", "token", "origin"] as const;
const nothing = { account: "", token: "", origin: "" };

/** An account of Twilio whose requests count as said by people; its token is kept encrypted. */
export function ConnectTwilio() {
  const t = useTranslations("twilio");
  const [given, setGiven] = useState(nothing);
  const [faults, setFaults] = useState<readonly unknown[]>([]);
  const connect = useConnect(() => setGiven(nothing));
  const submit = () => {
    const { data, error } = Given.safeParse(given);
    setFaults(error?.issues.map(({ path }) => path[0]) ?? []);
    if (data) connect.mutate(data);
  };
  return (
    <form
      className="grid max-w-[32rem] gap-3 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {connect.error && <Banner tone="bad" role="alert" title={connect.error.message} />}
      {fields.map((field) => (
        <TextField
          key={field}
          words={{
            label: t(`${field}.label`),
            hint: t(`${field}.hint`),
            fault: t(`${field}.fault`),
          }}
          isFault={faults.includes(field)}
          isSecret={field === "token"}
          value={given[field]}
          onText={(text) => setGiven((known) => ({ ...known, [field]: text.trim() }))}
        />
      ))}
      <div>
        <Button type="submit" busy={connect.isPending && t("connecting")}>
          {t("connect")}
        </Button>
      </div>
    </form>
  );
}

function useConnect(onConnected: () => void) {
  const trpc = useTRPC();
  const router = useRouter();
  return useMutation(
    trpc.inbound.connect.mutationOptions({
      onSuccess() {
        onConnected();
        router.refresh();
      },
    }),
  );
}
