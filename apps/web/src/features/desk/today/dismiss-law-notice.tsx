"use client";
import { useMutation } from "@tanstack/react-query";
import type { DismissLawNotice as Dismissal } from "@ringfence/core/people/jurisdiction";
import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/action-button";
import { useTRPC } from "@/trpc/client";

/** Renders a button that hides a notice from the member until the next stage. */
export function DismissLawNotice({ change, stage, label }: Dismissal & { label: string }) {
  const t = useTranslations("upcomingChanges");
  const trpc = useTRPC();
  return (
    <ActionButton
      saving={useMutation(trpc.today.dismissLawNotice.mutationOptions())}
      data={{ change, stage }}
      label={t("dismissOne", { change: label })}
      done={t("dismissed")}
    >
      {t("dismiss")}
    </ActionButton>
  );
}
