import { useLocale, useTimeZone } from "next-intl";
import { type Precision, tellTime } from "@/i18n/tell-time";

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
      {tellTime(locale, zone ?? own ?? "UTC", instant, precision)}
    </time>
  );
}

const isLong = (precision: Precision) => precision === "weekday" || precision === "evidence";
