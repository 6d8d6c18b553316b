import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/dates";
import type { EditionView } from "@ringfence/services/do-not-call/registry";
import { MessageText } from "@/components/message-text";
import { CopyButton } from "@/components/client-buttons";
import type { RunView } from "@ringfence/services/platform/run";

type DifferenceProps = { edition: { added: number; removed: number } };

/** Shows the changes of an edition: `+1,204 −88`. */
export function ChangeCounts({ edition: { added, removed } }: DifferenceProps) {
  const t = useTranslations("registries");
  return (
    <span className="whitespace-nowrap tabular-nums">{t("difference", { added, removed })}</span>
  );
}

type EditionDayProps = { edition: { publishedOn: string | null } };

/** Shows the publisher's date. It is a calendar day without a time zone. */
export function EditionDay({ edition: { publishedOn } }: EditionDayProps) {
  const t = useTranslations("registry");
  return publishedOn === null ? (
    <span className="text-muted">{t("undated")}</span>
  ) : (
    <LocalTime instant={new Date(publishedOn)} zone="UTC" precision="day" />
  );
}

/** Shows why an edition was held, and an officer's review. */
export function EditionRemark({
  edition: { fault, kind, settled, status },
}: {
  edition: EditionView;
}) {
  const t = useTranslations("editions");
  return (
    <>
      {fault && (
        <span className="block max-w-[30rem] font-normal text-muted">
          <MessageText message={fault} />
        </span>
      )}
      {settled && (
        <span className="block max-w-[30rem] font-normal text-muted">
          {t.rich(remarkKey(kind, status), {
            by: settled.by ?? t("somebody"),
            why: settled.why,
            time: () => <LocalTime instant={settled.at} />,
          })}
        </span>
      )}
    </>
  );
}

function remarkKey(kind: EditionView["kind"], status: EditionView["status"]) {
  if (kind === "return") return "returnedBy";
  return status === "rejected" ? "rejectedBy" : "acceptedBy";
}

/** Shows the beginning of a hash; a button copies all of it. */
export const Sha256 = ({ hash }: { hash: string }) => (
  <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
    <code>{hash.slice(0, 16)}…</code>
    <CopyButton text={hash} />
  </span>
);

/** True while a run is queued or running. */
export const isOpen = ({ status }: Pick<RunView, "status">) =>
  status === "queued" || status === "running";

/** Tells a run that waits for its next attempt from one that was never tried. */
export const runStatus = ({ status, error }: Pick<RunView, "status" | "error">) =>
  status === "queued" && error !== null ? "tries-again" : status;

/** Duration in seconds, rounded up; null before the end, and for a run that never started. */
export const runSeconds = ({ startedAt, endedAt }: Pick<RunView, "startedAt" | "endedAt">) =>
  startedAt && endedAt && Math.ceil((endedAt.getTime() - startedAt.getTime()) / 1_000);
