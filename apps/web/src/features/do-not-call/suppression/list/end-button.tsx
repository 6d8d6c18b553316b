"use client";
import type { SuppressionId } from "@ringfence/core/ids";
import { EndReason } from "@ringfence/core/do-not-call/suppression";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/buttons";
import { ChoiceField } from "@/components/fields";
import { ConfirmDialog } from "@/components/dialogs";
import { useRefreshed, useTRPC } from "@/trpc/client";

type EndSuppressionButtonProps = { id: SuppressionId; whyNot: string | undefined };

/** Ends a suppression, for a reason that stays on record. */
export function EndSuppressionButton({ id, whyNot }: EndSuppressionButtonProps) {
  const t = useTranslations("suppressions");
  const trpc = useTRPC();
  const end = useMutation(trpc.suppression.end.mutationOptions(useRefreshed()));
  const [isAsked, setAsked] = useState(false);
  const [reason, setReason] = useState<EndReason>("over");
  return (
    <>
      <Button
        size="small"
        whyNot={whyNot}
        busy={end.isPending && t("endingNow")}
        onClick={() => setAsked(true)}
      >
        {t("end")}
      </Button>
      {isAsked && (
        <ConfirmDialog
          title={t("endTitle")}
          confirm={t("endNow")}
          onConfirm={() => end.mutate({ id, reason })}
          onClose={() => setAsked(false)}
        >
          <p className="mb-3">{t("endBody")}</p>
          <ChoiceField
            label={t("endReason")}
            choices={EndReason.options.map((key) => ({ key, name: t(`endReasons.${key}`) }))}
            chosen={reason}
            onChoose={setReason}
          />
        </ConfirmDialog>
      )}
    </>
  );
}
