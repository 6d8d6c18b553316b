"use client";

import type { RegistryId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/button";
import { useTRPC } from "@/trpc/client";
import { ReasonDialog } from "./reason-dialog";

type RollBackProps = { registryId: RegistryId; number: number; whyNot: string | undefined };

/** Goes back to an earlier edition, once it is said why. */
export function RollBack({ registryId, number, whyNot }: RollBackProps) {
  const t = useTranslations("rollBack");
  const [isAsking, setIsAsking] = useState(false);
  const rollBack = useRollBack(() => setIsAsking(false));
  return (
    <>
      <Button
        size="small"
        aria-label={t("to", { number })}
        whyNot={whyNot}
        onClick={() => setIsAsking(true)}
      >
        {t("back")}
      </Button>
      {isAsking && (
        <ReasonDialog
          words={{
            title: t("title", { number }),
            body: t("body"),
            confirm: t("confirm"),
            busy: t("busy"),
          }}
          isBusy={rollBack.isPending}
          fault={rollBack.error?.message}
          onReason={(reason) => rollBack.mutate({ registryId, number, reason })}
          onClose={() => {
            rollBack.reset();
            setIsAsking(false);
          }}
        />
      )}
    </>
  );
}

function useRollBack(onDone: () => void) {
  const trpc = useTRPC();
  const router = useRouter();
  return useMutation(
    trpc.registry.rollBack.mutationOptions({
      onSuccess() {
        onDone();
        router.refresh();
      },
    }),
  );
}
