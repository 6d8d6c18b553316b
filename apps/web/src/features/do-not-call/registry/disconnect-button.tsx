"use client";

import type { RegistryId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { Unplug } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/button";
import { useTRPC } from "@/trpc/client";
import { useRefreshed } from "@/trpc/use-refreshed";
import { ReasonDialog } from "./reason-dialog";

type DisconnectButtonProps = {
  registry: { id: RegistryId; name: string };
  /** Says what will happen to calls, shown before the officer decides. */
  consequences: string;
  needsSecond: boolean;
  whyNot: string | undefined;
};

/** Says what will happen, then disconnects a registry or asks a second officer to accept it. */
export function DisconnectButton({
  registry,
  consequences,
  needsSecond,
  whyNot,
}: DisconnectButtonProps) {
  const t = useTranslations("disconnection");
  const trpc = useTRPC();
  const [isAsking, setIsAsking] = useState(false);
  const refreshed = useRefreshed();
  const disconnect = useMutation(
    trpc.registry.disconnect.mutationOptions({
      onSuccess: () => {
        setIsAsking(false);
        refreshed.onSuccess();
      },
    }),
  );
  return (
    <>
      <Button icon={Unplug} whyNot={whyNot} onClick={() => setIsAsking(true)}>
        {t("disconnect")}
      </Button>
      {isAsking && (
        <ReasonDialog
          words={{
            title: t("title", { name: registry.name }),
            body: consequences,
            confirm: t(needsSecond ? "ask" : "disconnect"),
            busy: t("busy"),
          }}
          isBusy={disconnect.isPending}
          fault={disconnect.error?.message}
          onReason={(reason) => disconnect.mutate({ registryId: registry.id, reason })}
          onClose={() => {
            disconnect.reset();
            setIsAsking(false);
          }}
        />
      )}
    </>
  );
}
