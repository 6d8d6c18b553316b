"use client";

import type { RegistryId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Button } from "@/components/button";
import { useTRPC } from "@/trpc/client";
import { useRefreshed } from "@/trpc/use-refreshed";

type ReconnectButtonProps = { registryId: RegistryId; whyNot: string | undefined };

/** Connects a registry again and starts reading it. */
export function ReconnectButton({ registryId, whyNot }: ReconnectButtonProps) {
  const t = useTranslations("disconnection");
  const trpc = useTRPC();
  const reconnect = useMutation(trpc.registry.reconnect.mutationOptions(useRefreshed()));
  return (
    <Button
      size="small"
      whyNot={whyNot}
      busy={reconnect.isPending && t("reconnecting")}
      onClick={() => reconnect.mutate({ registryId })}
    >
      {t("reconnect")}
    </Button>
  );
}
