import { useTranslations } from "next-intl";
import { EntryPage } from "@/components/public-page";

/** Shown for a link that is not from a report of ours, or whose member is gone. */
export default function WeeklyReportNotFound() {
  const t = useTranslations("weeklyReport");
  return (
    <EntryPage title={t("invalid")}>
      <p>{t("invalidBody")}</p>
    </EntryPage>
  );
}
