"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Button } from "@/components/buttons";
import { useRefreshed, useTRPC } from "@/trpc/client";

/** Creates a query. The page then offers its files. */
export function AskButton({ whyNot }: { whyNot: string | undefined }) {
  const t = useTranslations("reassigned");
  const trpc = useTRPC();
  const ask = useMutation(trpc.reassigned.ask.mutationOptions(useRefreshed()));
  return (
    <Button whyNot={whyNot} busy={ask.isPending && t("asking")} onClick={() => ask.mutate()}>
      {t("ask")}
    </Button>
  );
}
