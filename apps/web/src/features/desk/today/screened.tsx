import type { Screened } from "@ringfence/services/account/organization";
import { useFormatter, useLocale, useTimeZone, useTranslations } from "next-intl";
import { BarChart } from "@/components/charts/charts";
import { Empty, Section } from "@/components/page-layout";
import { LocalTime } from "@/components/dates";
import { zoneLabel } from "@/i18n/tell-time";
import type { DayRefusals } from "@ringfence/services/desk/today";
import { Count, ShareBar } from "@/components/numbers";

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

type WhyRefusedProps = { reasons: DayRefusals["reasons"]; refused: number };

/** Which reasons refused calls in the last 24 hours, each beside its count. */
export function WhyRefused({ reasons, refused }: WhyRefusedProps) {
  const t = useTranslations("today");
  const names = useTranslations("reasons");
  const most = reasons[0]?.count ?? 1;
  return (
    <Section title={t("whyRefused")} aside={t("whyRefusedAside")}>
      {reasons.length === 0 ? (
        <Empty title={t("noRefusals")} />
      ) : (
        <>
          <ul className="mt-3 grid gap-1.5">
            {reasons.map(({ reason, count }) => (
              <li
                key={reason}
                className="grid grid-cols-[9rem_minmax(0,1fr)_3.5rem] items-center gap-3 text-sm"
              >
                {names(`${reason}.name`)}
                <ShareBar part={count / most} />
                <span className="text-right tabular-nums">
                  <Count value={count} />
                </span>
              </li>
            ))}
          </ul>
          <p className="mt-2.5 text-xs text-muted">{t("whyRefusedFoot", { count: refused })}</p>
        </>
      )}
    </Section>
  );
}
