"use client";
import type { ApiKeyId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/buttons";
import { ConfirmDialog } from "@/components/dialogs";
import { useRefreshed, useTRPC } from "@/trpc/client";

type RevokeApiKeyProps = { apiKeyId: ApiKeyId; name: string; whyNot: string | undefined };

/** Revokes a key, which cannot be undone. */
export function RevokeApiKey({ apiKeyId, name, whyNot }: RevokeApiKeyProps) {
  const t = useTranslations("apiKeys");
  const [isAsking, setAsking] = useState(false);
  const trpc = useTRPC();
  const revoke = useMutation(trpc.apiKey.revoke.mutationOptions(useRefreshed()));
  return (
    <>
      <Button
        size="small"
        whyNot={whyNot}
        busy={revoke.isPending && t("revoking")}
        onClick={() => setAsking(true)}
      >
        {t("revoke")}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t("revokeTitle", { name })}
          confirm={t("revoke")}
          onConfirm={() => revoke.mutate({ apiKeyId })}
          onClose={() => setAsking(false)}
        >
          {t("revokeBody")}
        </ConfirmDialog>
      )}
    </>
  );
}

type TakeOverApiKeyProps = { apiKeyId: ApiKeyId; whyNot: string | undefined };

/** Makes the member responsible for a key whose maker no longer has the rights it needs. */
export function TakeOverApiKey({ apiKeyId, whyNot }: TakeOverApiKeyProps) {
  const t = useTranslations("apiKeys");
  const trpc = useTRPC();
  const takeOver = useMutation(trpc.apiKey.takeOver.mutationOptions(useRefreshed()));
  return (
    <div>
      <Button
        size="small"
        look="primary"
        whyNot={whyNot}
        busy={takeOver.isPending && t("takingOver")}
        onClick={() => takeOver.mutate({ apiKeyId })}
      >
        {t("takeOver")}
      </Button>
      {takeOver.error && (
        <p role="alert" className="max-w-[20rem] text-sm text-refuse">
          {takeOver.error.message}
        </p>
      )}
    </div>
  );
}

type ConfirmNetworksProps = RevokeApiKeyProps & {
  /** The networks that the page shows. */
  networks: readonly string[];
};

/** Confirms that the new networks of a key are the organization's own. */
export function ConfirmNetworks({ apiKeyId, name, networks, whyNot }: ConfirmNetworksProps) {
  const t = useTranslations("apiKeys");
  const trpc = useTRPC();
  const confirm = useMutation(trpc.apiKey.confirmNetworks.mutationOptions(useRefreshed()));
  return (
    <Button
      size="small"
      aria-label={t("confirmNetworksOne", { name })}
      whyNot={whyNot}
      busy={confirm.isPending && t("confirmingNetworks")}
      onClick={() => confirm.mutate({ apiKeyId, networks: [...networks] })}
    >
      {t("confirmNetworks")}
    </Button>
  );
}
