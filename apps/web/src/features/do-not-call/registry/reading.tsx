"use client";
import type { RegistryId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/buttons";
import { useLiveRun, useRefreshed, useTRPC } from "@/trpc/client";
import { type ReactNode, useState } from "react";
import { ConfirmDialog } from "@/components/dialogs";
import type { RunView } from "@ringfence/services/platform/run";
import { ByteSize } from "@/components/numbers";
import { RunProgressBar, percentDone } from "@/components/progress";
import { Badge } from "@/components/badge";

type ReadButtonProps = {
  registry: { id: RegistryId; name: string };
  /** Disables the button: a reading is running, or the page says elsewhere who may start one. */
  isShut?: boolean;
  size?: "small" | "normal";
  whyNot?: string | undefined;
};

/** Starts a reading. The page then shows its progress. */
export function ReadButton({ registry, isShut = false, size = "normal", whyNot }: ReadButtonProps) {
  const t = useTranslations("registries");
  const trpc = useTRPC();
  const sync = useMutation(trpc.registry.sync.mutationOptions(useRefreshed()));
  return (
    <Button
      size={size}
      icon={RotateCw}
      whyNot={whyNot}
      aria-label={t("readNowOf", { name: registry.name })}
      disabled={isShut}
      busy={sync.isPending && t("asking")}
      onClick={() => sync.mutate({ registryId: registry.id })}
    >
      {t("readNow")}
    </Button>
  );
}

type CancelReadingProps = { registryId: RegistryId; whyNot: string | undefined };

/** Cancels the reading of a registry. */
export function CancelReading({ registryId, whyNot }: CancelReadingProps) {
  const t = useTranslations("registry");
  const trpc = useTRPC();
  const [isAsked, setIsAsked] = useState(false);
  const cancel = useMutation(trpc.registry.cancel.mutationOptions(useRefreshed()));
  return (
    <>
      <Button
        size="small"
        whyNot={whyNot}
        busy={cancel.isPending && t("canceling")}
        onClick={() => setIsAsked(true)}
      >
        {t("cancel")}
      </Button>
      {isAsked && (
        <ConfirmDialog
          title={t("cancelTitle")}
          confirm={t("cancelConfirm")}
          onConfirm={() => cancel.mutate({ registryId })}
          onClose={() => setIsAsked(false)}
        >
          <p>{t("cancelBody")}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

type ReadingNowProps = {
  run: RunView;
  /** Why it waits for another attempt. */
  children?: ReactNode;
};

/** Shows the progress of a reading. */
export function ReadingProgress({ run, children }: ReadingNowProps) {
  const t = useTranslations("registry");
  const now = useLiveRun(run);
  const { rows, bytes, totalBytes } = now.progress ?? { rows: 0, bytes: 0 };
  return (
    <RunProgressBar label={t(now.status === "queued" ? "waits" : "reads")} run={now}>
      {bytes > 0 &&
        t.rich(totalBytes === undefined ? "bytesRead" : "bytesOfAll", {
          read: () => <ByteSize bytes={bytes} />,
          all: () => <ByteSize bytes={totalBytes ?? bytes} />,
        })}{" "}
      {rows > 0 && t("linesSofar", { lines: rows })} {t("staysInForce")}
      {children && <p>{children}</p>}
    </RunProgressBar>
  );
}

/** Shows the progress of a reading in a table row. Screen readers hear a change of status. */
export function ReadingBadge({ run }: { run: RunView }) {
  const t = useTranslations("registries");
  const pace = useTranslations("pace");
  const { error, progress, status } = useLiveRun(run);
  const percent = percentDone(progress);
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 tabular-nums">
      <span aria-live="polite">
        <Badge status={status === "queued" && error ? "tries-again" : status} />
      </span>
      {percent !== null && pace("share", { percent })}
      {percent === null && progress && t("lines", { count: progress.rows })}
    </span>
  );
}
