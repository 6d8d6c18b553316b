"use client";

import type { ScrubView } from "@ringfence/services/calling/scrub";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/badge";
import { percentOf } from "@/components/pace";
import { useScrub } from "./use-scrub";

/** In a row: how a scrub stands, and while it runs how far it is. */
export const ScrubStatus = ({ scrub }: { scrub: ScrubView }) =>
  scrub.status === "done" || scrub.status === "failed" ? (
    <Badge status={scrub.status} />
  ) : (
    <LiveStatus scrub={scrub} />
  );

function LiveStatus({ scrub }: { scrub: ScrubView }) {
  const pace = useTranslations("pace");
  const now = useScrub(scrub);
  const percent = percentOf(now.progress);
  return (
    <span className="inline-flex gap-2">
      <Badge status={now.status} />
      {percent !== null && <span className="tabular-nums">{pace("share", { percent })}</span>}
    </span>
  );
}
