"use client";
import type { RegistryId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { Unplug } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/buttons";
import { useRefreshed, useTRPC } from "@/trpc/client";
import { ReasonDialog } from "./reason-dialog";
import type { Message } from "@ringfence/core/platform/message";
import { MessageText } from "@/components/message-text";

type DisconnectButtonProps = {
  registry: { id: RegistryId; name: string };
  /** Says what will happen to calls, shown before the officer decides. */
  consequences: string;
  needsSecond: boolean;
  whyNot: string | undefined;
};

/** Says what will happen, then disconnects a registry or asks a second officer to accept it. */
export function DisconnectButton({
  registry,
  consequences,
  needsSecond,
  whyNot,
}: DisconnectButtonProps) {
  const t = useTranslations("disconnection");
  const trpc = useTRPC();
  const [isAsking, setIsAsking] = useState(false);
  const refreshed = useRefreshed();
  const disconnect = useMutation(
    trpc.registry.disconnect.mutationOptions({
      onSuccess: () => {
        setIsAsking(false);
        refreshed.onSuccess();
      },
    }),
  );
  return (
    <>
      <Button icon={Unplug} whyNot={whyNot} onClick={() => setIsAsking(true)}>
        {t("disconnect")}
      </Button>
      {isAsking && (
        <ReasonDialog
          words={{
            title: t("title", { name: registry.name }),
            body: consequences,
            confirm: t(needsSecond ? "ask" : "disconnect"),
            busy: t("busy"),
          }}
          isBusy={disconnect.isPending}
          fault={disconnect.error?.message}
          onReason={(reason) => disconnect.mutate({ registryId: registry.id, reason })}
          onClose={() => {
            disconnect.reset();
            setIsAsking(false);
          }}
        />
      )}
    </>
  );
}

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
export function ReviewDisconnection({
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
        whyNot={whyNot ?? (acceptFault && <MessageText message={acceptFault} />)}
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

type ReconnectButtonProps = { registryId: RegistryId; whyNot: string | undefined };

/** Connects a registry again and starts reading it. */
export function ReconnectButton({ registryId, whyNot }: ReconnectButtonProps) {
  const t = useTranslations("disconnection");
  const trpc = useTRPC();
  const reconnect = useMutation(trpc.registry.reconnect.mutationOptions(useRefreshed()));
  return (
    <Button
      size="small"
      whyNot={whyNot}
      busy={reconnect.isPending && t("reconnecting")}
      onClick={() => reconnect.mutate({ registryId })}
    >
      {t("reconnect")}
    </Button>
  );
}
