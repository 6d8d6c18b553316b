import type { Screened } from "@ringfence/services/account/organization";
import { useFormatter, useLocale, useTimeZone, useTranslations } from "next-intl";
import { BarChart } from "@/components/charts/bar-chart";
import { Empty } from "@/components/empty";
import { LocalTime } from "@/components/local-time";
import { Section } from "@/components/section";
import { zoneLabel } from "@/i18n/tell-time";

type ScreenedByHourProps = { hours: readonly (Screened & { hour: Date })[]; at: Date };

/** Calls screened in the last 24 hours: how many were allowed, and how many refused. */
export function ScreenedByHour({ hours, at }: ScreenedByHourProps) {
  const t = useTranslations("today");
  const format = useFormatter();
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", at);
  const sum = (key: keyof Screened) => hours.reduce((total, hour) => total + hour[key], 0);
  const [allowed, refused] = [sum("allowed"), sum("refused")];
  return (
    <Section
      title={t("screenedTitle")}
      aside={t.rich("screenedAside", { time: () => <LocalTime instant={at} /> })}
    >
      {allowed + refused === 0 ? (
        <Empty title={t("noCalls")}>{t("noCallsBody")}</Empty>
      ) : (
        <BarChart
          title={t("screenedChart")}
          sentence={t("screenedSentence", { allowed, refused })}
          rowHead={t("hour", { zone })}
          series={[
            { key: "allowed", name: t("allowed"), look: "allowed" },
            { key: "refused", name: t("refusedSeries"), look: "refused" },
          ]}
          rows={hours.map(({ hour, ...values }) => ({
            label: format.dateTime(hour, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
            values,
          }))}
        />
      )}
    </Section>
  );
}
