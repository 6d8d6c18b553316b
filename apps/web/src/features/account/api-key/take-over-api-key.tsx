"use client";

import type { ApiKeyId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Button } from "@/components/button";
import { useTRPC } from "@/trpc/client";
import { useRefreshed } from "@/trpc/use-refreshed";

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
