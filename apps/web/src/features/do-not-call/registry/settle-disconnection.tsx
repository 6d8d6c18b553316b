"use client";

import type { RegistryId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Message } from "@ringfence/core/platform/message";
import { Button } from "@/components/button";
import { Said } from "@/components/said";
import { useTRPC } from "@/trpc/client";
import { useRefreshed } from "@/trpc/use-refreshed";
import { ReasonDialog } from "./reason-dialog";

type Verdict = "accepted" | "rejected";

type SettleDisconnectionProps = {
  registryId: RegistryId;
  disconnectionId: string;
  consequences: string;
  /** True if the member made the request: they can withdraw it. */
  isOwn: boolean;
  /** Reason why the member may not accept it. */
  acceptFault: Message | null;
  whyNot: string | undefined;
};

/** Accepts or rejects another officer's request, with a reason. */
export function SettleDisconnection({
  registryId,
  disconnectionId,
  consequences,
  isOwn,
  acceptFault,
  whyNot,
}: SettleDisconnectionProps) {
  const t = useTranslations("disconnection");
  const trpc = useTRPC();
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const refreshed = useRefreshed();
  const settle = useMutation(
    trpc.registry.settleDisconnection.mutationOptions({
      onSuccess: () => {
        setVerdict(null);
        refreshed.onSuccess();
      },
    }),
  );
  return (
    <>
      <Button
        size="small"
        whyNot={whyNot ?? (acceptFault && <Said message={acceptFault} />)}
        onClick={() => setVerdict("accepted")}
      >
        {t("accept")}
      </Button>
      <Button size="small" whyNot={whyNot} onClick={() => setVerdict("rejected")}>
        {t(isOwn ? "withdraw" : "reject")}
      </Button>
      {verdict && (
        <ReasonDialog
          words={{
            title: t(`${verdict}.title`),
            body: verdict === "accepted" ? consequences : t("rejected.body"),
            confirm: t(`${verdict}.confirm`),
            busy: t("busy"),
          }}
          isBusy={settle.isPending}
          fault={settle.error?.message}
          onReason={(reason) => settle.mutate({ registryId, disconnectionId, verdict, reason })}
          onClose={() => {
            settle.reset();
            setVerdict(null);
          }}
        />
      )}
    </>
  );
}
