"use client";

import type { RegistryId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/button";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { useTRPC } from "@/trpc/client";
import { useRefreshed } from "@/trpc/use-refreshed";

type CancelReadingProps = { registryId: RegistryId; whyNot: string | undefined };

/** Ends the reading of a registry before it is through. */
export function CancelReading({ registryId, whyNot }: CancelReadingProps) {
  const t = useTranslations("registry");
  const trpc = useTRPC();
  const [isAsked, setIsAsked] = useState(false);
  const cancel = useMutation(trpc.registry.cancel.mutationOptions(useRefreshed()));
  return (
    <>
      <Button
        size="small"
        whyNot={whyNot}
        busy={cancel.isPending && t("canceling")}
        onClick={() => setIsAsked(true)}
      >
        {t("cancel")}
      </Button>
      {isAsked && (
        <ConfirmDialog
          title={t("cancelTitle")}
          confirm={t("cancelConfirm")}
          onConfirm={() => cancel.mutate({ registryId })}
          onClose={() => setIsAsked(false)}
        >
          <p>{t("cancelBody")}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
