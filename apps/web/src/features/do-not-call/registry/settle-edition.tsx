"use client";

import type { RegistryEditionId, RegistryId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/button";
import { useTRPC } from "@/trpc/client";
import { ReasonDialog } from "./reason-dialog";

type Verdict = "accepted" | "rejected";

type SettleEditionProps = {
  registryId: RegistryId;
  editionId: RegistryEditionId;
  isAcceptable: boolean;
  whyNot: ReactNode;
};

/** Accepts or rejects a held edition, once it is said why. */
export function SettleEdition({ whyNot, isAcceptable, ...edition }: SettleEditionProps) {
  const t = useTranslations("held");
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const settle = useSettle(() => setVerdict(null));
  if (whyNot) return <Button whyNot={whyNot}>{t("decide")}</Button>;
  return (
    <>
      <Button
        size="small"
        whyNot={!isAcceptable && t("cannotAccept")}
        onClick={() => setVerdict("accepted")}
      >
        {t("accept")}
      </Button>
      <Button size="small" onClick={() => setVerdict("rejected")}>
        {t("reject")}
      </Button>
      {verdict && (
        <ReasonDialog
          words={{
            title: t(`${verdict}.title`),
            body: t(`${verdict}.body`),
            confirm: t(`${verdict}.confirm`),
            busy: t(`${verdict}.busy`),
          }}
          isBusy={settle.isPending}
          fault={settle.error?.message}
          onReason={(reason) => settle.mutate({ ...edition, verdict, reason })}
          onClose={() => {
            settle.reset();
            setVerdict(null);
          }}
        />
      )}
    </>
  );
}

function useSettle(onSettled: () => void) {
  const trpc = useTRPC();
  const router = useRouter();
  return useMutation(
    trpc.registry.settle.mutationOptions({
      onSuccess() {
        onSettled();
        router.refresh();
      },
    }),
  );
}
