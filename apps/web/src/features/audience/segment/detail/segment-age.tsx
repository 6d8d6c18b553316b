"use client";
import type { readSegment } from "@ringfence/services/audience/segment";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";
import { useTRPC } from "@/trpc/client";
import { usePolled } from "@/trpc/use-polled";

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
