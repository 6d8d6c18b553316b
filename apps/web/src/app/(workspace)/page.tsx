import { type Actor, may } from "@ringfence/core/platform/access";
import { toActor } from "@ringfence/services/account/member";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { NumberForm } from "@/features/desk/number/number-search";
import { CallsByHour } from "@/features/desk/today/calls-by-hour";
import { FirstSteps } from "@/features/desk/today/first-steps";
import { House } from "@/features/desk/today/house";
import { LawNotices } from "@/features/desk/today/law-notices";
import { Needs, NeedsSummary, UnsetDelivery } from "@/features/desk/today/needs";
import { TodayFigures } from "@/features/desk/today/today-figures";
import { findLandingPage } from "@/features/desk/shell/pages";
import { api, loadNeeds } from "@/server/caller";
import { requireMember } from "@/server/current-member";
import { LocalTime } from "@/components/dates";
import { PageHead, LoadingContent } from "@/components/page-layout";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("today");
  return { title: t("title") };
}

export default async function TodayPage() {
  const member = await requireMember("organization.read");
  // Agents start at Call and marketers at Segments.
  const home = findLandingPage(member.role);
  if (home !== "/") redirect(home);
  const actor = toActor(member);
  const t = await getTranslations("today");
  return (
    <LoadingContent title={t("title")}>
      <Today actor={actor} hasFirstSteps={member.hasFirstSteps} />
    </LoadingContent>
  );
}

async function Today({ actor, hasFirstSteps }: { actor: Actor; hasFirstSteps: boolean }) {
  const [t, waiting, ending, lawNotices, today, overview] = await Promise.all([
    getTranslations("today"),
    loadNeeds(),
    api.today.endingConsents(),
    api.today.lawNotices(),
    api.today.read(),
    api.today.overview(),
  ]);
  const needs = [...waiting, ...ending];
  const { day, refusals } = today;
  return (
    <>
      <PageHead title={t("title")} note={<LocalTime instant={day.at} precision="weekday" />}>
        {may(actor, "report.read") && (
          <a href="/api/report.pdf" download className="text-sm">
            {t("report")}
          </a>
        )}
        {may(actor, "phone.read") && <NumberForm isQuiet />}
      </PageHead>
      <NeedsSummary needs={needs} today={today} />
      {hasFirstSteps && <FirstSteps steps={today.firstSteps} />}
      {may(actor, "capture-form.change") && <UnsetDelivery />}
      <Needs needs={needs} today={today} actor={actor} />
      <LawNotices notices={lawNotices} />
      <TodayFigures {...today} actor={actor} />
      <CallsByHour
        hours={day.hours}
        at={day.at}
        reasons={refusals.reasons}
        hasList={may(actor, "screening.list")}
      />
      <House overview={overview} actor={actor} />
    </>
  );
}
