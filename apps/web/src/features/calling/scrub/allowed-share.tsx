import type { ScrubCounts } from "@ringfence/core/calling/scrub";
import { useTranslations } from "next-intl";
import { ShareBar } from "@/components/share-bar";

/** How many rows of a hundred may be called, beside their count. */
export function AllowedShare({ counts: { allow, refuse } }: { counts: ScrubCounts }) {
  const t = useTranslations("share");
  const rows = allow + refuse;
  const part = rows === 0 ? 0 : allow / rows;
  return (
    <span className="items-center gap-2.5 tabular-nums md:grid md:min-w-32 md:grid-cols-[minmax(3rem,1fr)_3.25rem] md:pl-3">
      <span className="hidden md:block">
        <ShareBar part={part} />
      </span>
      <span className="text-right">{t("percent", { percent: roundedPercent(part) })}</span>
    </span>
  );
}

const roundedPercent = (part: number) => Math.round(part * 1_000) / 10;
