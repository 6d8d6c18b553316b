"use client";

import type { UnreadableOptOutId } from "@ringfence/core/ids";
import { DiscardReason } from "@ringfence/core/do-not-call/opt-out";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/button";
import { ChoiceField } from "@/components/choice-field";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { useTRPC } from "@/trpc/client";
import { useRefreshed } from "@/trpc/use-refreshed";

/** Lays aside what covers nobody, for a reason that stays on record. */
export function DiscardMisread({ id, input }: { id: UnreadableOptOutId; input: string }) {
  const t = useTranslations("misread");
  const trpc = useTRPC();
  const discard = useMutation(trpc.optOut.discard.mutationOptions(useRefreshed()));
  const [isAsked, setAsked] = useState(false);
  const [reason, setReason] = useState<DiscardReason>("no_refusal");
  return (
    <>
      <Button busy={discard.isPending && t("discarding")} onClick={() => setAsked(true)}>
        {t("discard")}
      </Button>
      {isAsked && (
        <ConfirmDialog
          title={t("discardTitle")}
          confirm={t("discardNow")}
          onConfirm={() => discard.mutate({ id, reason })}
          onClose={() => setAsked(false)}
        >
          <p className="mb-3">
            <b className="break-all">{t("input", { input })}</b> {t("discardBody")}
          </p>
          <ChoiceField
            label={t("discardReason")}
            choices={DiscardReason.options.map((key) => ({
              key,
              name: t(`discardReasons.${key}`),
            }))}
            chosen={reason}
            onChoose={setReason}
          />
        </ConfirmDialog>
      )}
    </>
  );
}
