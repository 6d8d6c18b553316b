import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { type Precision, formatInstant } from "@/i18n/format-time";
import { BarPart } from "./numbers";

type LocalTimeProps = {
  instant: Date;
  /** IANA name of the time zone; by default the member's own. */
  zone?: string;
  precision?: Precision;
};

/** Shows an instant in a named time zone. */
export function LocalTime({ instant, zone, precision = "minute" }: LocalTimeProps) {
  const own = useTimeZone();
  const locale = useLocale();
  return (
    <time
      dateTime={instant.toISOString()}
      className={isLong(precision) ? undefined : "whitespace-nowrap"}
    >
      {formatInstant(locale, zone ?? own ?? "UTC", instant, precision)}
    </time>
  );
}

const isLong = (precision: Precision) => precision === "weekday" || precision === "evidence";

/** Position of the limit on the bar, from 0 to 1, as in bars.css. */
const LIMIT_POSITION = 0.8;

type AgeBarProps = { ageDays: number; limitDays: number };

/**
 * Shows an age against its limit, in days. Days are rounded up, so that nothing looks younger than it is.
 * The limit is always at the same position, so that ages can be compared.
 */
export function AgeBar({ ageDays, limitDays }: AgeBarProps) {
  const t = useTranslations("age");
  // With a limit of zero days, every age is over the limit.
  const part = limitDays > 0 ? ageDays / limitDays : 2;
  return (
    <div className={`age ${chooseLook(part)}`}>
      <div className="bar" aria-hidden>
        <BarPart part={Math.min(1, part * LIMIT_POSITION)} />
      </div>
      <span>{t("of", { age: Math.ceil(ageDays), limit: limitDays })}</span>
    </div>
  );
}

/** Marks an age as stale over its limit, and as near the limit in the last fifth. */
function chooseLook(part: number) {
  if (part > 1) return "stale";
  return part >= 0.8 ? "near" : "";
}
