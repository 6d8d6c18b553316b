"use client";

import type { ErasePerson as Input } from "@ringfence/core/desk/erasure";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/trpc/client";
import { AskErasure } from "./ask-erasure";
import { useShownAct } from "./use-shown-act";

type ErasePersonProps = Pick<Input, "person"> & { whyNot: string | undefined };

/** What is personal goes for good; the act that says so stays, and is shown then. */
export function ErasePerson({ person, whyNot }: ErasePersonProps) {
  const t = useTranslations("erasure");
  const trpc = useTRPC();
  const erase = useMutation(trpc.erasure.person.mutationOptions(useShownAct()));
  return (
    <AskErasure
      words={{ title: t("title"), note: t("note"), open: t("open"), body: t("body") }}
      erasing={erase}
      whyNot={whyNot}
      onErase={(reason) => erase.mutate({ person, reason })}
    />
  );
}
