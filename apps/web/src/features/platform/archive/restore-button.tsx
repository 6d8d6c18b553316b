"use client";

import type { Archivable } from "@ringfence/core/platform/archive";
import { useMutation } from "@tanstack/react-query";
import { ArchiveRestore } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { Button } from "@/components/button";
import { showToast } from "@/components/toast";
import { useTRPC } from "@/trpc/client";
import { ActFault } from "./act-fault";

type RestoreButtonProps = { item: Archivable; name: string; whyNot: string | undefined };

/** Restores something from the archive, or says what has to be restored first. */
export function RestoreButton({ item, name, whyNot }: RestoreButtonProps) {
  const t = useTranslations("archive");
  const router = useRouter();
  const trpc = useTRPC();
  const restore = useMutation(
    trpc.archive.restore.mutationOptions({
      onSuccess() {
        showToast({ tone: "done", title: t("restored", { name }) });
        router.refresh();
      },
    }),
  );
  return (
    <span className="grid justify-items-start gap-1">
      <Button
        size="small"
        icon={ArchiveRestore}
        aria-label={t("restoreOne", { name })}
        whyNot={whyNot}
        busy={restore.isPending && t("restoring")}
        onClick={() => restore.mutate(item)}
      >
        {t("restore")}
      </Button>
      <ActFault error={restore.error} />
    </span>
  );
}
