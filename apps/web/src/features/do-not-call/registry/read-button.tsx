"use client";

import type { RegistryId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/button";
import { useTRPC } from "@/trpc/client";
import { useRefreshed } from "@/trpc/use-refreshed";

type ReadButtonProps = {
  registry: { id: RegistryId; name: string };
  /** It is being read already, or the page says elsewhere who may. */
  isShut?: boolean;
  size?: "small" | "normal";
  whyNot?: string | undefined;
};

/** Has a registry read now; the page then shows how far it is. */
export function ReadButton({ registry, isShut = false, size = "normal", whyNot }: ReadButtonProps) {
  const t = useTranslations("registries");
  const trpc = useTRPC();
  const sync = useMutation(trpc.registry.sync.mutationOptions(useRefreshed()));
  return (
    <Button
      size={size}
      icon={RotateCw}
      whyNot={whyNot}
      aria-label={t("readNowOf", { name: registry.name })}
      disabled={isShut}
      busy={sync.isPending && t("asking")}
      onClick={() => sync.mutate({ registryId: registry.id })}
    >
      {t("readNow")}
    </Button>
  );
}
