import type { MonthCalls, OptOutSpeed, Speed, Today } from "@ringfence/services/desk/today";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { Count, Share, useSpan } from "@/components/numbers";
import { type Fact, Facts } from "@/components/page-layout";
import { zoneLabel } from "@/i18n/tell-time";
import { toScale } from "./speed-scale";

type DayFactsProps = Pick<Today, "day" | "speed" | "month">;

/**
 * Shows the day since midnight in the member's time zone, the speed of opt-outs, and calls without
 * screening.
 */
export function DayFacts({ day: { at, optOuts, screened }, speed, month }: DayFactsProps) {
  const t = useTranslations("today");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", at);
  const all = screened.allowed + screened.refused;
  const since = [t("sinceMidnight", { zone })];
  return (
    <Facts
      facts={[
        { name: t("optOuts"), value: <Strong value={optOuts} />, notes: since },
        { name: t("screened"), value: <Strong value={all} />, notes: since },
        ...(all > 0
          ? [{ name: t("refused"), value: <Share count={screened.refused} of={all} /> }]
          : []),
        ...useSpeedFacts(speed),
        ...useMonthFacts(month),
      ]}
    />
  );
}

const Strong = ({ value }: { value: number }) => (
  <b>
    <Count value={value} />
  </b>
);

/**
 * Facts about calls of 30 days after an opt-out or without a screening. Empty if the member may not see
 * them.
 */
function useMonthFacts(month: MonthCalls | null): Fact[] {
  const t = useTranslations("today.month");
  if (month === null || month.calls === 0) return [];
  const { calls, bypassed, afterRefusal } = month;
  return [
    {
      name: t("afterRefusal"),
      value: (
        <b className={afterRefusal > 0 ? "text-refuse" : undefined}>
          {t("calls", { count: afterRefusal })}
        </b>
      ),
      notes: [t("of", { count: calls })],
    },
    {
      name: t("bypassed"),
      value: <Share count={bypassed} of={calls} />,
      notes: [t("bypassedNote")],
    },
  ];
}

/** Facts about how fast opt-outs took effect and reached dialers in 24 hours, with charts. */
function useSpeedFacts({ inForce, heard, waiting }: OptOutSpeed): Fact[] {
  const t = useTranslations("today.speed");
  const told = waiting > 0 ? [t("waiting", { count: waiting })] : [];
  return [...useSpeedFact(t("inForce"), inForce, []), ...useSpeedFact(t("heard"), heard, told)];
}

function useSpeedFact(name: string, speed: Speed | null, notes: string[]): Fact[] {
  const t = useTranslations("today.speed");
  const span = useSpan();
  if (speed === null) {
    return notes.length > 0 ? [{ name, value: t("none"), notes }] : [];
  }
  const { p50, p99, worst, count } = speed;
  const told = { p50: span(p50), p99: span(p99), worst: span(worst), count };
  return [
    {
      name,
      value: <b>{t("value", told)}</b>,
      notes: [
        t("worst", told),
        <SpeedChart key="chart" speed={speed} sentence={t("sentence", told)} />,
        ...notes,
      ],
    },
  ];
}

const MIDDLE = 18;

/** Chart of the median, the 99th percentile and the slowest on a logarithmic scale. */
function SpeedChart({ speed, sentence }: { speed: Speed; sentence: string }) {
  const t = useTranslations("today.speed");
  const span = useSpan();
  const { ticks, toX, width } = toScale(speed.worst);
  const [p50, p99, worst] = [speed.p50, speed.p99, speed.worst].map(toX);
  return (
    <svg
      role="img"
      aria-label={sentence}
      viewBox={`0 -5 ${width} 45`}
      className="mt-1.5 block w-full max-w-[18rem] fill-muted text-[11px]"
    >
      <line
        x1={toX(ticks[0])}
        x2={toX(ticks.at(-1) ?? 0)}
        y1={MIDDLE}
        y2={MIDDLE}
        stroke="var(--line-strong)"
      />
      {ticks.map((ms) => (
        <g key={ms}>
          <line x1={toX(ms)} x2={toX(ms)} y1={14} y2={22} stroke="var(--line-strong)" />
          <text x={toX(ms)} y={37} textAnchor="middle">
            {span(ms)}
          </text>
        </g>
      ))}
      <path d={`M${p50} 10V26`} stroke="var(--ink)" strokeWidth={4} />
      <path d={`M${p99} 10V26`} stroke="var(--ink)" strokeWidth={2} />
      <circle
        cx={worst}
        cy={MIDDLE}
        r={3.5}
        fill="var(--surface)"
        stroke="var(--ink)"
        strokeWidth={1.5}
      />
      <text x={p50} y={7} textAnchor="middle">
        {t("p50")}
      </text>
    </svg>
  );
}
