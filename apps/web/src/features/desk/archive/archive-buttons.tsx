"use client";
import type { Archivable } from "@ringfence/core/platform/archive";
import { useMutation } from "@tanstack/react-query";
import { Archive, ArchiveRestore } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/buttons";
import { useRefreshed, useShowDone, useShowUndo, useTRPC } from "@/trpc/client";

type ArchiveButtonProps = { item: Archivable; whyNot: string | undefined };

/** Archives something at once, because it can be restored, and offers to undo it; or says what still uses it. */
export function ArchiveButton({ item, whyNot }: ArchiveButtonProps) {
  const t = useTranslations("archive");
  const showUndo = useShowUndo();
  const showDone = useShowDone();
  const { onError } = useRefreshed();
  const trpc = useTRPC();
  const restore = useMutation(
    trpc.archive.restore.mutationOptions({ onSuccess: () => showDone(t("undone")), onError }),
  );
  const archive = useMutation(
    trpc.archive.archive.mutationOptions({
      onSuccess: () => showUndo(t(`isArchived.${item.kind}`), () => restore.mutate(item)),
    }),
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
      <ArchiveError error={archive.error} />
    </span>
  );
}

type RestoreButtonProps = { item: Archivable; name: string; whyNot: string | undefined };

/** Restores something from the archive, or says what has to be restored first. */
export function RestoreButton({ item, name, whyNot }: RestoreButtonProps) {
  const t = useTranslations("archive");
  const showDone = useShowDone();
  const trpc = useTRPC();
  const restore = useMutation(
    trpc.archive.restore.mutationOptions({ onSuccess: () => showDone(t("restored", { name })) }),
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
      <ArchiveError error={restore.error} />
    </span>
  );
}

/** Says why something could not be archived or restored. */
const ArchiveError = ({ error }: { error: { message: string } | null }) =>
  error && (
    <p role="alert" className="max-w-80 text-sm text-refuse">
      {error.message}
    </p>
  );
