import type { WeekCount } from "@ringfence/services/consents/consent";
import { useFormatter, useTranslations } from "next-intl";
import { BarChart } from "@/components/charts/bar-chart";
import { Section } from "@/components/section";

/** Chart of consents per week, and how many of them are weak. */
export function ConsentTrend({ weeks }: { weeks: readonly WeekCount[] }) {
  const t = useTranslations("sources");
  const format = useFormatter();
  const sum = (key: "sound" | "weak") => weeks.reduce((total, week) => total + week[key], 0);
  return (
    <Section title={t("trend")}>
      <BarChart
        title={t("trendChart")}
        sentence={t("trendSentence", { sound: sum("sound"), weak: sum("weak") })}
        rowHead={t("week")}
        series={[
          { key: "sound", name: t("sound"), look: "allowed" },
          { key: "weak", name: t("weak"), look: "refused" },
        ]}
        rows={weeks.map(({ week, sound, weak }) => ({
          label: format.dateTime(week, { day: "numeric", month: "short", timeZone: "UTC" }),
          values: { sound, weak },
        }))}
      />
    </Section>
  );
}
