import {
  type DayHours,
  type PlaceClock,
  listHourStates,
} from "@ringfence/core/people/jurisdiction";
import { Weekday, formatMinute, toDayNumber, toWeekday } from "@ringfence/core/platform/time";
import { Check, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Icon } from "@/components/icons";
import {
  formatClock,
  formatDate,
  formatInstant,
  formatShortDay,
  zoneCity,
} from "@/i18n/format-time";

type ClockProps = { clock: PlaceClock; at: Date };

/** Cities that are named. Further zones are only counted. */
const MAX_CITIES = 4;

/** The time on one clock of a place, whether calls are possible by the hours, and until when. */
export function Clock({ clock: { zones, isOpen, changesAt }, at }: ClockProps) {
  const t = useTranslations("rulePlace");
  const locale = useLocale();
  const [zone = "UTC"] = zones;
  const cities = zones.slice(0, MAX_CITIES).map((one) => zoneCity(locale, one));
  const more = zones.length - cities.length;
  const change = changesAt && formatInstant(locale, zone, changesAt, "minute");
  return (
    <li className="grid content-start gap-0.5 border-b border-line py-3">
      <span className="text-xl font-semibold tabular-nums">{formatClock(zone, at)}</span>
      <span
        className={`flex items-center gap-1.5 font-medium ${isOpen ? "text-allow" : "text-refuse"}`}
      >
        <Icon of={isOpen ? Check : X} />
        {isOpen ? t("open") : t("closed")}
      </span>
      <span>
        {change === null ? t("noChange") : t(isOpen ? "closesAt" : "opensAt", { at: change })}
      </span>
      <span className="text-sm text-muted">
        {cities.join(", ")}
        {more > 0 && ` ${t("moreZones", { count: more })}`}
      </span>
    </li>
  );
}

const WIDTH = 24;

type WeekMapProps = { clock: Pick<PlaceClock, "week" | "zones"> };

/** Week of the clocks that agree on it: for each day from today on a strip of 24 hours, and the same hours in words. */
export function WeekMap({ clock: { week, zones } }: WeekMapProps) {
  const t = useTranslations("rulePlace");
  const locale = useLocale();
  const city = zones
    .slice(0, MAX_CITIES)
    .map((zone) => zoneCity(locale, zone))
    .join(", ");
  return (
    <table className="max-w-[52rem]">
      <caption className="py-2 text-left text-sm text-muted">{t("weekOf", { city })}</caption>
      <thead>
        <tr>
          <th scope="col">{t("day")}</th>
          <th aria-hidden className="w-full">
            <span className="flex justify-between font-normal tabular-nums">
              {[0, 6, 12, 18, 24].map((hour) => (
                <span key={hour}>{hour}</span>
              ))}
            </span>
          </th>
          <th scope="col">{t("callsPossible")}</th>
        </tr>
      </thead>
      <tbody>
        {week.map((day) => (
          <tr key={day.date}>
            <th scope="row" className="whitespace-nowrap">
              <DayName date={day.date} />
            </th>
            <td aria-hidden>
              <DayStrip day={day} />
            </td>
            <td className="tabular-nums">
              <DayWords spans={day.spans} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A box for each hour: filled if calls are possible, half filled if in a part of it, else only a line. */
const DayStrip = ({ day }: { day: DayHours }) => (
  <svg viewBox={`0 0 ${WIDTH} 2`} preserveAspectRatio="none" className="block h-4 w-full min-w-20">
    {listHourStates(day).map((state, hour) => {
      const [y, height] = state === "open" ? [0, 2] : [1, 1];
      // eslint-disable-next-line react/no-array-index-key -- hours never move
      const key = hour;
      if (state === "closed") {
        return <rect key={key} x={hour} y={1.8} width={0.9} height={0.2} fill="var(--muted)" />;
      }
      return <rect key={key} x={hour} y={y} width={0.9} height={height} fill="var(--chart-1)" />;
    })}
  </svg>
);

/** Writes the open hours of a day: `08:00–20:00`. */
export function DayWords({ spans }: Pick<DayHours, "spans">) {
  const t = useTranslations("rulePlace");
  if (spans.length === 0) return t("noCalls");
  return spans.map(([from, to]) => `${formatMinute(from)}–${formatMinute(to)}`).join(", ");
}

/** Names a calendar day with its weekday: `Mon 30 Nov`. */
export function DayName({ date, hasYear = false }: { date: string; hasYear?: boolean }) {
  const weekdays = useTranslations("weekdays");
  const locale = useLocale();
  const day = hasYear ? formatDate(locale, date) : formatShortDay(locale, "UTC", new Date(date));
  const weekday = Weekday.options[toWeekday(toDayNumber(date))] ?? "MO";
  return (
    <>
      {weekdays(weekday)} {day}
    </>
  );
}
