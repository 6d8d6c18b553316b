import type { JurisdictionId } from "@ringfence/core/people/jurisdiction";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";
import type { EditionView } from "@ringfence/services/do-not-call/registry";
import { Said } from "@/components/said";
import { CopyButton } from "@/components/copy-button";
import type { RunView } from "@ringfence/services/platform/run";

/** A country by its name, a state of one by its code, which is how it is spoken of: `US-TX`. */
export const jurisdictionName = (locale: string, place: JurisdictionId) =>
  (/^[A-Z]{2}$/.test(place) && new Intl.DisplayNames(locale, { type: "region" }).of(place)) ||
  place;

type DifferenceProps = { edition: { added: number; removed: number } };

/** What an edition changed: `+1,204 −88`. */
export function ChangeCounts({ edition: { added, removed } }: DifferenceProps) {
  const t = useTranslations("registries");
  return (
    <span className="whitespace-nowrap tabular-nums">{t("difference", { added, removed })}</span>
  );
}

type EditionDayProps = { edition: { publishedOn: string | null } };

/** The publisher's own date: a day of the calendar, which no zone moves. */
export function EditionDay({ edition: { publishedOn } }: EditionDayProps) {
  const t = useTranslations("registry");
  return publishedOn === null ? (
    <span className="text-muted">{t("undated")}</span>
  ) : (
    <LocalTime instant={new Date(publishedOn)} zone="UTC" precision="day" />
  );
}

/** Why an edition was held, and an officer's word on it. */
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
          <Said message={fault} />
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

/** Begins as a list of its kind would show it; the whole is one click away. */
export const Sha256 = ({ hash }: { hash: string }) => (
  <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
    <code>{hash.slice(0, 16)}…</code>
    <CopyButton text={hash} />
  </span>
);

/** It waits or works; what came of it is still to come. */
export const isOpen = ({ status }: Pick<RunView, "status">) =>
  status === "queued" || status === "running";

/** One that waits because its last attempt did not work out says so. */
export const runStatus = ({ status, error }: Pick<RunView, "status" | "error">) =>
  status === "queued" && error !== null ? "tries-again" : status;

/** How long it took, in seconds begun; null before its end. */
export const runSeconds = ({ startedAt, endedAt }: Pick<RunView, "startedAt" | "endedAt">) =>
  startedAt && endedAt && Math.ceil((endedAt.getTime() - startedAt.getTime()) / 1_000);
