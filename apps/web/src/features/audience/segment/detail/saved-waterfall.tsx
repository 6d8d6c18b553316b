"use client";
import type { SegmentId } from "@ringfence/core/ids";
import type { readSegment, readWaterfall } from "@ringfence/services/audience/segment";
import { useMutation } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/buttons";
import { LocalTime } from "@/components/dates";
import { showToast } from "@/components/toast";
import { usePolled, useTRPC } from "@/trpc/client";
import { segmentPath } from "../segment-query";
import { WaterfallTable } from "../waterfall-table";

type SegmentScreened = Awaited<ReturnType<typeof readWaterfall>>;
type Which = { segmentId: SegmentId; seller: string; purpose: string };
type SavedWaterfallProps = { which: Which; screened: SegmentScreened };

/** Shows where the people of a segment ended in the last screening, its age, and a button to screen again. */
export function SavedWaterfall({ which, screened }: SavedWaterfallProps) {
  const t = useTranslations("waterfall");
  const trpc = useTRPC();
  const { waterfall } = screened;
  // Time of the waterfall that was shown when a new one was requested, 0 for none.
  const [requestedAfter, setRequestedAfter] = useState<number | null>(null);
  const request = useMutation(
    trpc.segment.askForWaterfall.mutationOptions({
      onSuccess: () => setRequestedAfter(waterfall?.at.getTime() ?? 0),
      onError: ({ message }) => showToast({ tone: "bad", title: message }),
    }),
  );
  const isRequested = requestedAfter !== null && requestedAfter === (waterfall?.at.getTime() ?? 0);
  const isOld = waterfall === null || !waterfall.isCurrent;
  const people = waterfall && Object.values(waterfall.counts).reduce((sum, n) => sum + n, 0);
  return (
    <>
      {waterfall && (
        <WaterfallTable
          isSample={false}
          contacts={waterfall.contacts}
          people={people}
          counts={waterfall.counts}
          toHref={(place) => segmentPath(which, { place })}
        />
      )}
      <p className="pt-2 text-sm text-muted">
        {waterfall
          ? t.rich(waterfall.isCurrent ? "screened" : "outdated", {
              time: () => <LocalTime instant={waterfall.at} />,
            })
          : t("neverScreened")}{" "}
        {t("foot")}
      </p>
      <p className="pt-2" aria-live="polite">
        {(isRequested || isOld) && <WaterfallPoll which={which} screened={screened} />}
        {isRequested ? (
          <span className="text-muted">{t("screening")}</span>
        ) : (
          <Button size="small" icon={RefreshCw} onClick={() => request.mutate(which)}>
            {t(waterfall ? "again" : "screen")}
          </Button>
        )}
      </p>
    </>
  );
}

/** Polls until there is a new waterfall, requested here or brought by a refresh. */
function WaterfallPoll({ which, screened }: SavedWaterfallProps) {
  const trpc = useTRPC();
  usePolled(
    trpc.segment.waterfall.queryOptions(which),
    screened,
    (now, before) => now.waterfall?.at.getTime() !== before.waterfall?.at.getTime(),
  );
  return null;
}

type Segment = Awaited<ReturnType<typeof readSegment>>;

/** Size of a segment and when it was counted, or that it is being counted again. */
export const SegmentAge = ({ segment }: { segment: Segment }) =>
  segment.isCurrent ? <Counted segment={segment} /> : <Counting segment={segment} />;

function Counted({ segment: { size, refreshedAt, followedAt } }: { segment: Segment }) {
  const t = useTranslations("segments");
  if (size === null || refreshedAt === null) return t("countingNow");
  return (
    <>
      {t.rich("countedAt", { size, time: () => <LocalTime instant={refreshedAt} /> })}
      {followedAt && t.rich("followedAt", { time: () => <LocalTime instant={followedAt} /> })}
    </>
  );
}

function Counting({ segment }: { segment: Segment }) {
  const trpc = useTRPC();
  const t = useTranslations("segments");
  usePolled(
    trpc.segment.read.queryOptions({ segmentId: segment.id }),
    segment,
    (now, before) => now.isCurrent !== before.isCurrent,
  );
  return <output>{t("countingNow")}</output>;
}
