"use client";

import type { SourceId } from "@ringfence/core/ids";
import { ReplaceSecret } from "@ringfence/core/do-not-call/inbound";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/button";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { useTRPC } from "@/trpc/client";
import { useRefreshed } from "@/trpc/use-refreshed";
import { SourceForm } from "./source-form";

type SourceActionsProps = { sourceId: SourceId; account: string };

/** Another key in the place of the one that is kept, and an end to it. */
export function SourceActions({ sourceId, account }: SourceActionsProps) {
  const t = useTranslations("inboundSources");
  const [open, setOpen] = useState<"replace" | "disconnect" | null>(null);
  const { replace, disconnect } = useChanges();
  const words = { label: t("secretLabel"), hint: t("secretHint"), fault: t("secretFault") };
  return (
    <div className="grid gap-1">
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          aria-expanded={open === "replace"}
          aria-label={t("replaceOf", { account })}
          onClick={() => setOpen(open === "replace" ? null : "replace")}
        >
          {t("replace")}
        </Button>
        <Button
          size="small"
          aria-label={t("disconnectOf", { account })}
          busy={disconnect.isPending && t("busy")}
          onClick={() => setOpen("disconnect")}
        >
          {t("disconnect")}
        </Button>
      </div>
      {open === "replace" && (
        <SourceForm
          fields={[{ name: "secret", words, isSecret: true }]}
          read={(given) => ReplaceSecret.safeParse({ ...given, sourceId })}
          onRead={(input) => replace.mutate(input, { onSuccess: () => setOpen(null) })}
          isBusy={replace.isPending}
          submit={t("keep")}
        />
      )}
      {replace.isSuccess && open === null && <output>{t("replaced")}</output>}
      {open === "disconnect" && (
        <ConfirmDialog
          title={t("disconnectTitle", { account })}
          confirm={t("disconnect")}
          onConfirm={() => disconnect.mutate({ sourceId })}
          onClose={() => setOpen(null)}
        >
          {t("disconnectBody")}
        </ConfirmDialog>
      )}
    </div>
  );
}

function useChanges() {
  const trpc = useTRPC();
  const options = useRefreshed();
  return {
    replace: useMutation(trpc.inbound.replaceSecret.mutationOptions(options)),
    disconnect: useMutation(trpc.inbound.disconnect.mutationOptions(options)),
  };
}
