import { useLocale, useTimeZone } from "next-intl";
import { tellTime } from "@/i18n/tell-time";

/** Returns a function that formats an instant in the member's time zone. */
export function useTime() {
  const [locale, zone] = [useLocale(), useTimeZone() ?? "UTC"];
  return (instant: Date) => tellTime(locale, zone, instant, "minute");
}
