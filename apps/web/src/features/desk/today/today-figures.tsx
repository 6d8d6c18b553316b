import { type Actor, may } from "@ringfence/core/platform/access";
import type { Today } from "@ringfence/services/desk/today";
import { useFormatter, useLocale, useTimeZone, useTranslations } from "next-intl";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { zoneLabel } from "@/i18n/format-time";
import { LocalTime } from "@/components/dates";
import { Section } from "@/components/page-layout";
import { useDurationFormat } from "@/components/numbers";
import { toListPath } from "@/server/safe-path";

type Figure = {
  name: string;
  href: Route;
  value: ReactNode;
  isBad?: boolean;
  /** The total that the value is part of, and the earlier value. */
  notes: readonly string[];
};

type TodayFiguresProps = Pick<
  Today,
  "day" | "speed" | "monthFrom" | "month" | "monthBefore" | "wrongNumbers"
> & { actor: Actor };

/**
 * Shows the figures of Today (`readToday`) on opt-outs and calls, each with a link to its page, its base and its
 * earlier value. The calls of the last 30 days are left out if the member works for some sellers only. What a worker
 * counts (`readOverview`) is in `house.tsx`.
 */
export function TodayFigures({ day, speed, actor, ...spans }: TodayFiguresProps) {
  const t = useTranslations("today");
  const since = speed.from.toISOString();
  const inForce = useSpeedFigure(
    "inForce",
    toListPath("/opt-outs", { from: since, imports: "false" }),
    speed,
  );
  const reached = { from: since, reach: "all" };
  const waits = { reach: "pending" };
  const heard = useSpeedFigure(
    "heard",
    toListPath("/opt-outs", speed.heard === null && speed.waiting > 0 ? waits : reached),
    speed,
  );
  const waiting = speed.waiting > 0 ? [t("speed.waiting", { count: speed.waiting })] : [];
  const figures: Figure[] = [
    useOptOutFigure(day),
    inForce,
    { ...heard, notes: [...heard.notes, ...waiting] },
    useRefusedFigure(day, may(actor, "screening.list")),
    ...useMonthFigures(spans),
    ...useWrongNumberFigure(spans),
  ];
  return (
    <Section
      title={t("overview")}
      aside={t.rich("updatedAt", { time: () => <LocalTime instant={day.at} /> })}
    >
      <ul className="grid grid-cols-1 gap-x-8 md:grid-cols-3">
        {figures.map((figure) => (
          <li key={figure.name} className="border-b border-line">
            <FigureLink {...figure} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

const FigureLink = ({ name, href, value, isBad = false, notes }: Figure) => (
  <Link
    href={href}
    className="group grid h-full grid-cols-[minmax(0,1fr)_auto] content-start gap-x-4 gap-y-px py-2.5 text-ink no-underline hover:bg-hover md:grid-cols-1 md:py-3"
  >
    <span className="text-accent underline decoration-1 underline-offset-3 group-hover:decoration-2">
      {name}
    </span>
    <b className={`text-right text-lg md:text-left md:text-xl ${isBad ? "text-refuse" : ""}`}>
      {value}
    </b>
    {notes.map((note) => (
      <small key={note} className="col-span-full text-sm text-muted">
        {note}
      </small>
    ))}
  </Link>
);

function useOptOutFigure({ at, since, optOuts, optOutsWeekAgo }: Today["day"]): Figure {
  const t = useTranslations("today");
  const format = useFormatter();
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", at);
  return {
    name: t("optOuts"),
    href: toListPath("/opt-outs", { from: since.toISOString() }),
    value: format.number(optOuts),
    notes: [t("sinceMidnight", { zone }), t("weekAgo", { count: optOutsWeekAgo })],
  };
}

function useSpeedFigure(
  what: "inForce" | "heard",
  href: Route,
  { [what]: speed }: Pick<Today["speed"], "inForce" | "heard">,
): Figure {
  const t = useTranslations("today.speed");
  const span = useDurationFormat();
  const name = t(what);
  if (speed === null) {
    return { name, href, value: "—", notes: [t(what === "inForce" ? "none" : "noneHeard")] };
  }
  return {
    name,
    href,
    value: span(speed.most),
    notes: [
      t(what === "inForce" ? "half" : "halfHeard", { p50: span(speed.p50) }),
      t("worst", { count: speed.count, worst: span(speed.worst) }),
    ],
  };
}

function useRefusedFigure(
  { hours, screenedDayBefore: before }: Today["day"],
  hasList: boolean,
): Figure {
  const t = useTranslations("today");
  const share = useTranslations("share");
  const format = (part: number, whole: number) =>
    whole === 0 ? "—" : share("percent", { percent: Math.round((part / whole) * 1000) / 10 });
  const [first] = hours;
  const refused = hours.reduce((sum, hour) => sum + hour.refused, 0);
  const all = hours.reduce((sum, hour) => sum + hour.allowed, refused);
  const allBefore = before.allowed + before.refused;
  return {
    name: t("refused"),
    href:
      hasList && first
        ? toListPath("/screenings", { verdict: "refuse", from: first.hour.toISOString() })
        : "/#calls",
    value: format(refused, all),
    notes: [
      all === 0 ? t("noCalls") : t("refusedOf", { count: refused, all }),
      t("dayBefore", { share: format(before.refused, allBefore) }),
    ],
  };
}

/**
 * Figures of the last 30 days: calls to people who had opted out, and calls without permission. Empty if the member
 * works for some sellers only.
 */
function useMonthFigures({
  monthFrom: from,
  month,
  monthBefore: before,
}: Pick<Today, "monthFrom" | "month" | "monthBefore">): Figure[] {
  const t = useTranslations("today.month");
  if (month === null || before === null) return [];
  const causes = { afterRefusal: "opted-out", bypassed: "bypassed" };
  return (["afterRefusal", "bypassed"] as const).map((key) => ({
    name: t(key),
    href: toListPath("/violations", {
      status: "all",
      cause: causes[key],
      from: from.toISOString(),
    }),
    value: t("calls", { count: month[key] }),
    isBad: month[key] > 0,
    notes: [t("of", { count: month.calls }), t("before", { count: before[key] })],
  }));
}

/** Figure of the wrong numbers that were reported in the last 30 days. Empty if the member may not see them. */
function useWrongNumberFigure({
  monthFrom: from,
  wrongNumbers,
}: Pick<Today, "monthFrom" | "wrongNumbers">): Figure[] {
  const t = useTranslations("today.month");
  const format = useFormatter();
  if (wrongNumbers === null) return [];
  return [
    {
      name: t("wrongNumbers"),
      href: toListPath("/suppressions", {
        reason: "wrong_person",
        show: "all",
        from: from.toISOString(),
      }),
      value: format.number(wrongNumbers.count),
      notes: [t("reported"), t("before", { count: wrongNumbers.before })],
    },
  ];
}
