import type { RecentRefusals } from "@ringfence/services/desk/today";
import type { VerdictCounts } from "@ringfence/services/account/organization";
import { useFormatter, useLocale, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { daysBefore } from "@ringfence/core/platform/time";
import { zoneLabel } from "@/i18n/format-time";
import { ButtonLink } from "@/components/buttons";
import { BarChart } from "@/components/charts/charts";
import { Empty, Section } from "@/components/page-layout";
import { LocalTime } from "@/components/dates";
import { toListPath } from "@/server/safe-path";

type CallsByHourProps = {
  hours: readonly (VerdictCounts & { hour: Date })[];
  at: Date;
  reasons: RecentRefusals["reasons"];
  /** True if the member may open the list of screenings. */
  hasList: boolean;
};

/** Calls screened in the last 24 hours: how many were allowed, how many refused, and why. */
export function CallsByHour({ hours, at, reasons, hasList }: CallsByHourProps) {
  const t = useTranslations("today");
  const format = useFormatter();
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", at);
  const sum = (key: keyof VerdictCounts) => hours.reduce((total, hour) => total + hour[key], 0);
  const [allowed, refused] = [sum("allowed"), sum("refused")];
  return (
    <div id="calls" className="scroll-mt-4">
      <Section
        title={t("callsByHour")}
        aside={t.rich("hoursTo", { time: () => <LocalTime instant={at} /> })}
      >
        {allowed + refused === 0 ? (
          <Empty
            title={t("noCalls")}
            action={<ButtonLink href="/endpoints/new">{t("connectDialer")}</ButtonLink>}
          >
            {t("noCallsBody")}
          </Empty>
        ) : (
          <BarChart
            title={t("callsByHour")}
            isTitleHidden
            sentence={t("hoursSentence", { allowed, refused })}
            rowHead={t("hour", { zone })}
            series={[
              { key: "allowed", name: t("allowed"), look: "allowed", total: allowed },
              { key: "refused", name: t("refusedSeries"), look: "refused", total: refused },
            ]}
            rows={hours.map(({ hour, ...values }) => ({
              label: format.dateTime(hour, {
                hour: "2-digit",
                minute: "2-digit",
                hourCycle: "h23",
              }),
              values,
            }))}
          />
        )}
        {reasons.length > 0 && (
          <Reasons reasons={reasons} listedSince={hasList ? daysBefore(at, 1) : null} />
        )}
      </Section>
    </div>
  );
}

const TOP_REASONS = 3;

type ReasonsProps = {
  reasons: RecentRefusals["reasons"];
  /** Beginning of the 24 hours, for the lists of the screenings that are counted; null without links to them. */
  listedSince: Date | null;
};

/** The most frequent reasons for refusals in one line, and the others behind it. */
function Reasons({ reasons, listedSince }: ReasonsProps) {
  const t = useTranslations("today");
  const names = useTranslations("reasons");
  const list = (some: RecentRefusals["reasons"]) =>
    some.map(({ reason, count }, index) => {
      const text = t("reason", { reason: names(`${reason}.name`), count });
      const filters = { verdict: "refuse", reason, from: listedSince?.toISOString() ?? "" };
      return (
        <Fragment key={reason}>
          {index > 0 && ", "}
          {listedSince === null ? (
            text
          ) : (
            <Link href={toListPath("/screenings", filters)} prefetch={false}>
              {text}
            </Link>
          )}
        </Fragment>
      );
    });
  const [top, others] = [reasons.slice(0, TOP_REASONS), reasons.slice(TOP_REASONS)];
  const sentence = t.rich("topReasons", { list: () => list(top) });
  if (others.length === 0) return <Line>{sentence}</Line>;
  return (
    <>
      <Line>{sentence}</Line>
      <details>
        <summary>{t("allReasons")}</summary>
        <Line>{list(others)}</Line>
      </details>
    </>
  );
}

const Line = ({ children }: { children: ReactNode }) => (
  <p className="mt-1.5 text-sm text-muted">{children}</p>
);
