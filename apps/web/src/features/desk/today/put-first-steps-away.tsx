"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/action-button";
import { useTRPC } from "@/trpc/client";

/** Renders a button that hides the setup checklist. The member can show it again in their settings. */
export function PutFirstStepsAway() {
  const t = useTranslations("firstSteps");
  const trpc = useTRPC();
  return (
    <ActionButton
      saving={useMutation(trpc.member.changeOwnSettings.mutationOptions())}
      data={{ hasFirstSteps: false }}
      done={t("hidden")}
    >
      {t("hide")}
    </ActionButton>
  );
}
