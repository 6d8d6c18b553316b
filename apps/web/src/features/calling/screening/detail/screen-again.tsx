"use client";
import type { ScreeningRef } from "@ringfence/core/calling/screening";
import { useMutation } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/button";
import { Failed } from "@/components/failed";
import { Section } from "@/components/section";
import { useTRPC } from "@/trpc/client";
import { AgainResult } from "./differences";

type ScreenAgainProps = { asked: ScreeningRef; verdict: "allow" | "refuse" };

/** Screens the same call at the same instant by today's facts, and compares it with the past verdict. */
export function ScreenAgain({ asked, verdict }: ScreenAgainProps) {
  const t = useTranslations("screening");
  const again = useAgain(asked);
  return (
    <Section title={t("again")}>
      <div className="screenonly grid justify-items-start gap-3 pt-3">
        <p className="max-w-[46rem] text-muted">{t("againBody")}</p>
        <Button icon={RotateCw} busy={again.isPending && t("screening")} onClick={again.run}>
          {t("againButton")}
        </Button>
      </div>
      <div aria-live="polite">
        {again.fault !== null && (
          <div className="pt-3">
            <Failed title={t("againFailed")}>{again.fault}</Failed>
          </div>
        )}
        {again.result && <AgainResult result={again.result} past={verdict} />}
      </div>
    </Section>
  );
}

function useAgain(asked: ScreeningRef) {
  const trpc = useTRPC();
  const one = useMutation(trpc.screening.again.mutationOptions());
  const row = useMutation(trpc.screening.rowAgain.mutationOptions());
  const isRow = "row" in asked;
  const { data, error, isPending } = isRow ? row : one;
  return {
    result: isPending ? undefined : data,
    fault: error?.message ?? null,
    isPending,
    run: () => (isRow ? row.mutate(asked) : one.mutate(asked)),
  };
}
