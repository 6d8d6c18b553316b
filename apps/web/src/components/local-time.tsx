import { useLocale, useTimeZone } from "next-intl";
import { type Precision, tellTime } from "@/i18n/tell-time";

type LocalTimeProps = {
  instant: Date;
  /** IANA name; the member's own where it is left out. */
  zone?: string;
  precision?: Precision;
};

/** An instant by a clock that is named. */
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
