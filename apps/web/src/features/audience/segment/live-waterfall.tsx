"use client";

import type { SampledRule } from "@ringfence/services/audience/segment";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";
import { WaterfallTable } from "./waterfall-table";

type LiveWaterfallProps = { people: number | null; sample: SampledRule["sample"] };

/** Where people of a rule would end that is not saved: from a sample, where they are many. */
export function LiveWaterfall({ people, sample }: LiveWaterfallProps) {
  const t = useTranslations("waterfall");
  if (sample === null) return <p className="pt-2.5 text-muted">{t("noSample")}</p>;
  const { at, contacts, counts } = sample;
  const size = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const sampled = people !== null && size < people ? { size, people } : null;
  return (
    <>
      <WaterfallTable {...{ contacts, people, counts }} isSample={sampled !== null} />
      <p className="pt-2 text-sm text-muted">
        {sampled && <>{t("sampled", sampled)} </>}
        {t.rich("lived", { time: () => <LocalTime instant={at} /> })} {t("foot")}
      </p>
    </>
  );
}
