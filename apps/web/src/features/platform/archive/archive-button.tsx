"use client";

import type { Archivable } from "@ringfence/core/platform/archive";
import { useMutation } from "@tanstack/react-query";
import { Archive } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { Button } from "@/components/button";
import { useTRPC } from "@/trpc/client";
import { ActFault } from "./act-fault";

type ArchiveButtonProps = { item: Archivable; whyNot: string | undefined };

/** Archives something at once, because it can be restored; or says what still uses it. */
export function ArchiveButton({ item, whyNot }: ArchiveButtonProps) {
  const t = useTranslations("archive");
  const router = useRouter();
  const trpc = useTRPC();
  const archive = useMutation(
    trpc.archive.archive.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  return (
    <span className="grid justify-items-end gap-1 text-right">
      <Button
        icon={Archive}
        whyNot={whyNot}
        busy={archive.isPending && t("archiving")}
        onClick={() => archive.mutate(item)}
      >
        {t("archive")}
      </Button>
      <ActFault error={archive.error} />
    </span>
  );
}
