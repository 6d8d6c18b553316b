"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/trpc/client";
import { Deed } from "./deed";

type EndEmergencyProps = { id: string; whyNot: string | undefined };

export function EndEmergency({ id, whyNot }: EndEmergencyProps) {
  const t = useTranslations("rules");
  const trpc = useTRPC();
  return (
    <Deed
      saving={useMutation(trpc.jurisdiction.endEmergency.mutationOptions())}
      data={{ id }}
      whyNot={whyNot}
      done={t("isOver")}
    >
      {t("over")}
    </Deed>
  );
}
