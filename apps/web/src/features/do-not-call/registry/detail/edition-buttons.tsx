"use client";
import type { RegistryEditionId, RegistryId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/buttons";
import { useTRPC } from "@/trpc/client";
import { ReasonDialog } from "./reason-dialog";

type Verdict = "accepted" | "rejected";

type SettleEditionProps = {
  registryId: RegistryId;
  editionId: RegistryEditionId;
  isAcceptable: boolean;
  whyNot: ReactNode;
};

/** Accepts or rejects a held edition, with a reason. */
export function ReviewEdition({ whyNot, isAcceptable, ...edition }: SettleEditionProps) {
  const t = useTranslations("held");
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const settle = useReviewEdition(() => setVerdict(null));
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

function useReviewEdition(onSettled: () => void) {
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

type RollBackProps = { registryId: RegistryId; number: number; whyNot: string | undefined };

/** Rolls back to an earlier edition, with a reason. */
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
