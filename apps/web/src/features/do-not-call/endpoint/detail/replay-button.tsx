"use client";
import type { ReplayDeliveries } from "@ringfence/core/do-not-call/endpoint";
import { useMutation } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/button";
import { useTRPC } from "@/trpc/client";
import { useRefreshed } from "@/trpc/use-refreshed";

type ReplayButtonProps = {
  which: ReplayDeliveries;
  whyNot?: string | undefined;
  children: string;
};

/** Replays one delivery, or all deliveries of an endpoint that were given up. */
export function ReplayButton({ which, whyNot, children }: ReplayButtonProps) {
  const t = useTranslations("deliveries");
  const trpc = useTRPC();
  const replay = useMutation(trpc.endpoint.replay.mutationOptions(useRefreshed()));
  return (
    <Button
      size="small"
      icon={RotateCw}
      whyNot={whyNot}
      busy={replay.isPending && t("replaying")}
      onClick={() => replay.mutate(which)}
    >
      {children}
    </Button>
  );
}
