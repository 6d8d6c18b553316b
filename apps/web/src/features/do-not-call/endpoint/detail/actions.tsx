"use client";
import type { EndpointId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ReplayDeliveries } from "@ringfence/core/do-not-call/endpoint";
import { RotateCw } from "lucide-react";
import { Button } from "@/components/buttons";
import { ConfirmDialog } from "@/components/dialogs";
import { useRefreshed, useTRPC } from "@/trpc/client";
import { OneTimeSecret } from "@/components/client-buttons";
import { safePath } from "@/server/safe-path";

type EndpointActionsProps = {
  endpointId: EndpointId;
  isEnabled: boolean;
  isWebhook: boolean;
  whyNot: string | undefined;
};

/** Buttons to rotate the secret, which is then shown once, and to disable or enable the endpoint. */
export function EndpointActions({
  endpointId,
  isEnabled,
  isWebhook,
  whyNot,
}: EndpointActionsProps) {
  const t = useTranslations("endpoint");
  const [isAsking, setAsking] = useState(false);
  const { rotate, change } = useEndpointChanges();
  return (
    <div className="grid gap-2 py-3">
      <div className="flex flex-wrap items-start gap-2">
        {isWebhook && (
          <Button
            whyNot={whyNot}
            busy={rotate.isPending && t("rotating")}
            onClick={() => rotate.mutate({ endpointId })}
          >
            {t("rotate")}
          </Button>
        )}
        <Button
          whyNot={whyNot}
          busy={change.isPending && t("changing")}
          onClick={() =>
            isEnabled ? setAsking(true) : change.mutate({ endpointId, isEnabled: true })
          }
        >
          {t(isEnabled ? "disable" : "enable")}
        </Button>
      </div>
      {isWebhook && <p className="max-w-[32rem] text-sm text-muted">{t("rotateHint")}</p>}
      {rotate.data && <SigningSecret secret={rotate.data.secret} />}
      {isAsking && (
        <ConfirmDialog
          title={t("disableTitle")}
          confirm={t("disable")}
          onConfirm={() => change.mutate({ endpointId, isEnabled: false })}
          onClose={() => setAsking(false)}
        >
          {t("disableBody")}
        </ConfirmDialog>
      )}
    </div>
  );
}

function useEndpointChanges() {
  const trpc = useTRPC();
  const options = useRefreshed();
  return {
    rotate: useMutation(trpc.endpoint.rotate.mutationOptions(options)),
    change: useMutation(trpc.endpoint.change.mutationOptions(options)),
  };
}

type ReplayButtonProps = {
  which: ReplayDeliveries;
  whyNot?: string | undefined;
  children: string;
};

/** Replays one delivery, or all deliveries of an endpoint that were given up. */
export function ReplayButton({ which, whyNot, children }: ReplayButtonProps) {
  const t = useTranslations("deliveries");
  const trpc = useTRPC();
  const replay = useMutation(trpc.endpoint.replay.mutationOptions(useRefreshed()));
  return (
    <Button
      size="small"
      icon={RotateCw}
      whyNot={whyNot}
      busy={replay.isPending && t("replaying")}
      onClick={() => replay.mutate(which)}
    >
      {children}
    </Button>
  );
}

type SigningSecretProps = { secret: string; endpointId?: EndpointId };

/** Shows the secret that signs requests, this one time. */
export function SigningSecret({ secret, endpointId }: SigningSecretProps) {
  const t = useTranslations("endpoint");
  const next = endpointId && { href: safePath(`/endpoints/${endpointId}`), label: t("open") };
  return (
    <OneTimeSecret
      title={t("secretMade")}
      note={t("secretOnce")}
      secret={secret}
      {...(next && { next })}
    />
  );
}
