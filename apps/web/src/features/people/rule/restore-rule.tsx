"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/trpc/client";
import { Deed } from "./deed";

type RestoreRuleProps = { ruleId: string; whyNot: string | undefined };

/** The rule refuses again: that lets nothing through, so nobody is asked why. */
export function RestoreRule({ ruleId, whyNot }: RestoreRuleProps) {
  const t = useTranslations("rules");
  const trpc = useTRPC();
  return (
    <Deed
      saving={useMutation(trpc.jurisdiction.restoreRule.mutationOptions())}
      data={{ ruleId }}
      whyNot={whyNot}
      done={t("restored")}
    >
      {t("restore")}
    </Deed>
  );
}
