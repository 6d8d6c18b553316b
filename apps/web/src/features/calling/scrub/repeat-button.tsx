"use client";

import type { ScrubId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/button";
import { showToast } from "@/components/toast";
import { useTRPC } from "@/trpc/client";

type RepeatButtonProps = { scrubId: ScrubId; whyNot?: string | undefined };

/** Screens the same file once more, by the facts of now. */
export function RepeatButton({ scrubId, whyNot }: RepeatButtonProps) {
  const t = useTranslations("scrub");
  const trpc = useTRPC();
  const router = useRouter();
  const repeat = useMutation(
    trpc.scrub.repeat.mutationOptions({
      onSuccess: ({ id }) => router.push(`/scrubs/${id}`),
      onError: ({ message }) => showToast({ tone: "bad", title: message }),
    }),
  );
  return (
    <Button
      icon={RotateCw}
      whyNot={whyNot}
      busy={(repeat.isPending || repeat.isSuccess) && t("repeating")}
      onClick={() => repeat.mutate({ scrubId })}
    >
      {t("repeat")}
    </Button>
  );
}
