"use client";

import type { ScrubView } from "@ringfence/services/scrub";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/badge";
import { percentOf } from "./scrub-pace";
import { useScrub } from "./use-scrub";

/** In a row: how a scrub stands, and while it runs how far it is. */
export const ScrubStatus = ({ scrub }: { scrub: ScrubView }) =>
  scrub.status === "done" || scrub.status === "failed" ? (
    <Badge status={scrub.status} />
  ) : (
    <LiveStatus scrub={scrub} />
  );

function LiveStatus({ scrub }: { scrub: ScrubView }) {
  const t = useTranslations("scrubs");
  const now = useScrub(scrub);
  const percent = percentOf(now);
  return (
    <span className="inline-flex gap-2">
      <Badge status={now.status} />
      {percent !== null && <span className="tabular-nums">{t("percent", { percent })}</span>}
    </span>
  );
}
