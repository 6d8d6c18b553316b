import type { UpcomingChange } from "@ringfence/core/people/jurisdiction";
import { useLocale, useTranslations } from "next-intl";
import { formatDate } from "@/i18n/format-time";
import { placeName } from "@/i18n/place-name";

/** Returns a function that describes a change in one line: the place, the kind of rule, and the date. */
export function useChangeTitle() {
  const t = useTranslations("upcomingChanges");
  const types = useTranslations("rules.types");
  const locale = useLocale();
  return (change: UpcomingChange): string => {
    const place = placeName(locale, change.jurisdiction);
    if (change.kind === "watched") {
      return t("title.watched", { place, title: change.item.title[locale] });
    }
    const type = types(change.rule.type);
    if (change.kind === "bill" || change.day === null) return t("title.bill", { place, type });
    return t(`title.${change.kind}`, { place, type, date: formatDate(locale, change.day) });
  };
}
