import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";

type EditionDayProps = { edition: { publishedOn: string | null } };

/** The publisher's own date: a day of the calendar, which no zone moves. */
export function EditionDay({ edition: { publishedOn } }: EditionDayProps) {
  const t = useTranslations("registry");
  return publishedOn === null ? (
    <span className="text-muted">{t("undated")}</span>
  ) : (
    <LocalTime instant={new Date(publishedOn)} zone="UTC" precision="day" />
  );
}
