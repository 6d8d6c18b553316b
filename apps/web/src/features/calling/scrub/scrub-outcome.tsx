import type { ScrubCounts } from "@ringfence/core/calling/scrub";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ShareStrip } from "@/components/charts/share-strip";

const b = (text: ReactNode) => <b>{text}</b>;

/** In one sentence how many may be called, and all rows drawn to scale. */
export function ScrubOutcome({ counts }: { counts: ScrubCounts }) {
  const t = useTranslations("scrub");
  const { allow, refuse, callableLater: later } = counts;
  const rows = allow + refuse;
  return (
    <div className="grid max-w-[52rem] gap-5">
      <p className="text-2xl text-pretty">
        {t.rich(allow > 0 ? "some" : "none", { allow, rows, b })}
      </p>
      {rows > 0 && (
        <ShareStrip
          sentence={t("strip", { allow, later, refuse: refuse - later })}
          parts={[
            { key: "allow", name: t("allowed"), count: allow, look: "allowed" },
            { key: "later", name: t("later"), count: later, look: 3 },
            { key: "refuse", name: t("refused"), count: refuse - later, look: "refused" },
          ]}
        />
      )}
    </div>
  );
}
