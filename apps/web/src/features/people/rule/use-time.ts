import { useLocale, useTimeZone } from "next-intl";
import { tellTime } from "@/i18n/tell-time";

/** How an instant stands within a sentence, by the member's own clock. */
export function useTime() {
  const [locale, zone] = [useLocale(), useTimeZone() ?? "UTC"];
  return (instant: Date) => tellTime(locale, zone, instant, "minute");
}
