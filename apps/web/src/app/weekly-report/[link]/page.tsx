import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EntryPage } from "@/components/public-page";
import { PublicSubmit } from "@/components/public-submit";
import { loadReportLink } from "@/server/report-link";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("weeklyReport");
  // The address is a key, so no other page may learn it.
  return { title: { absolute: t("title") }, referrer: "no-referrer" };
}

/** Stops the weekly report with one tap. Opening the link is not enough, because scanners of mail open links. */
export default async function WeeklyReportPage({ params }: PageProps<"/weekly-report/[link]">) {
  const { link } = await params;
  const [t, { isOn }] = [await getTranslations("weeklyReport"), await loadReportLink(link)];
  return (
    <EntryPage title={t("title")}>
      <p>{t(isOn ? "question" : "stopped")}</p>
      {isOn && (
        <form method="post" action={`/weekly-report/${link}/stop`}>
          <PublicSubmit busy={t("stopping")}>{t("stop")}</PublicSubmit>
        </form>
      )}
    </EntryPage>
  );
}
