import { tellDeed } from "@ringfence/core/audience/segment";
import type { DayActivities } from "@ringfence/services/people/activity";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { BarChart } from "@/components/charts/bar-chart";
import { Empty } from "@/components/empty";
import { Section } from "@/components/section";

/** So many types have a mark of their own; the others are one. */
const looks = [1, 2, 3, 4, 5] as const;
const OTHERS = "others";

/** How many activities the last days saw, by type. */
export function ByDay({ days }: { days: readonly DayActivities[] }) {
  const t = useTranslations("activities");
  const format = useFormatter();
  const locale = useLocale();
  const all = days.flatMap(({ counts }) => counts);
  const sums = [...Map.groupBy(all, ({ type }) => type)]
    .map(([type, counts]) => ({ type, sum: counts.reduce((sum, { count }) => sum + count, 0) }))
    .toSorted((one, other) => other.sum - one.sum);
  const named = sums.slice(0, looks.length).map(({ type }) => type);
  const hasOthers = sums.length > named.length;
  const series = named.map((type, index) => ({
    key: type,
    name: tellDeed(locale, { type }),
    look: looks[index] ?? 1,
  }));
  return (
    <Section title={t("byDay")}>
      {sums.length === 0 ? (
        <Empty title={t("noneLately")}>{t("noneBody")}</Empty>
      ) : (
        <BarChart
          title={t("byDayChart")}
          sentence={t("byDaySentence", { count: sums.reduce((all, { sum }) => all + sum, 0) })}
          rowHead={t("day")}
          series={hasOthers ? [...series, { key: OTHERS, name: t("others"), look: 6 }] : series}
          rows={days.map(({ day, counts }) => ({
            label: format.dateTime(new Date(day), {
              day: "numeric",
              month: "short",
              timeZone: "UTC",
            }),
            values: valuesOf(counts, named),
          }))}
        />
      )}
    </Section>
  );
}

function valuesOf(counts: DayActivities["counts"], named: readonly string[]) {
  const values: Record<string, number> = {};
  for (const { type, count } of counts) {
    const key = named.includes(type) ? type : OTHERS;
    values[key] = (values[key] ?? 0) + count;
  }
  return values;
}
