"use client";
import type { ScrubView } from "@ringfence/services/calling/scrub";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import type { ScrubId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { Count } from "@/components/numbers";
import { RunProgressBar, percentDone } from "@/components/progress";
import { Badge } from "@/components/badge";
import { hasRunTurned, usePolled, useTRPC } from "@/trpc/client";
import { Button } from "@/components/buttons";
import { showToast } from "@/components/toast";
import { Field, Input } from "@/components/fields";

type ScrubProgressProps = {
  scrub: ScrubView;
  /** Why it waits, if an earlier attempt failed. */
  children?: ReactNode;
};

/** Shows the progress of a scrub and the time left. */
export function ScrubProgress({ scrub, children }: ScrubProgressProps) {
  const t = useTranslations("scrub");
  const now = useScrub(scrub);
  return (
    <RunProgressBar label={t(now.status === "queued" ? "waits" : "runs")} run={now}>
      {t.rich("rowsSofar", { rows: () => <Count value={now.rows} /> })} {t("mayClose")}
      {children && <p>{children}</p>}
    </RunProgressBar>
  );
}

/** Status of a scrub for a table row, with its progress while it runs. */
export const ScrubStatus = ({ scrub }: { scrub: ScrubView }) =>
  scrub.status === "done" || scrub.status === "failed" ? (
    <Badge status={scrub.status} />
  ) : (
    <LiveStatus scrub={scrub} />
  );

function LiveStatus({ scrub }: { scrub: ScrubView }) {
  const pace = useTranslations("pace");
  const now = useScrub(scrub);
  const percent = percentDone(now.progress);
  return (
    <span className="inline-flex gap-2">
      <Badge status={now.status} />
      {percent !== null && <span className="tabular-nums">{pace("share", { percent })}</span>}
    </span>
  );
}

/** Polls a scrub until it is over, and renders the page again when its status changes. */
function useScrub(rendered: ScrubView): ScrubView {
  const trpc = useTRPC();
  return usePolled(trpc.scrub.read.queryOptions({ scrubId: rendered.id }), rendered, hasRunTurned);
}

type RepeatButtonProps = { scrubId: ScrubId; whyNot?: string | undefined };

/** Screens the same file again with the same settings, as a new scrub, and opens that. */
export function RepeatButton({ scrubId, whyNot }: RepeatButtonProps) {
  const t = useTranslations("scrub");
  const trpc = useTRPC();
  const router = useRouter();
  const repeat = useMutation(
    trpc.scrub.repeat.mutationOptions({
      onSuccess: ({ id }) => router.push(`/scrubs/${id}`),
      onError: ({ message }) => showToast({ tone: "bad", title: message }),
    }),
  );
  return (
    <Button
      icon={RotateCw}
      whyNot={whyNot}
      busy={(repeat.isPending || repeat.isSuccess) && t("repeating")}
      onClick={() => repeat.mutate({ scrubId })}
    >
      {t("repeat")}
    </Button>
  );
}

/** Opens the screening of one row of the file. */
export function FindRow({ scrubId, rows }: { scrubId: ScrubId; rows: number }) {
  const t = useTranslations("scrub");
  const router = useRouter();
  const [row, setRow] = useState("");
  const open = (event: FormEvent) => {
    event.preventDefault();
    router.push(`/screenings/${scrubId}.${Number(row)}`);
  };
  return (
    <form onSubmit={open} className="screenonly grid justify-items-start gap-3 pt-3">
      <Field label={t("rowNumber")} hint={t("rowHint")}>
        {(wired) => (
          <Input
            {...wired}
            type="number"
            min={1}
            max={rows}
            required
            value={row}
            onChange={({ currentTarget }) => setRow(currentTarget.value)}
          />
        )}
      </Field>
      <Button type="submit">{t("openRow")}</Button>
    </form>
  );
}
