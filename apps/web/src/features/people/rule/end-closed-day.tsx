"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/trpc/client";
import { Deed } from "./deed";

type EndClosedDayProps = { id: string; label: string; whyNot: string | undefined };

/** Withdraws a day without calls. */
export function EndClosedDay({ id, label, whyNot }: EndClosedDayProps) {
  const t = useTranslations("closedDays");
  const trpc = useTRPC();
  return (
    <Deed
      saving={useMutation(trpc.jurisdiction.endClosedDay.mutationOptions())}
      data={{ id }}
      label={label}
      whyNot={whyNot}
      done={t("ended")}
    >
      {t("end")}
    </Deed>
  );
}
