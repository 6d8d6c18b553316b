import { type Actor, may } from "@ringfence/core/platform/access";
import { toActor } from "@ringfence/services/account/member";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { redirect } from "next/navigation";
import { Columns, PageHead, Reading, Section } from "@/components/page-layout";
import { LocalTime } from "@/components/dates";
import { NumberForm } from "@/features/people/number/number-search";
import { RegistryTable } from "@/features/do-not-call/registry/registry-table";
import { DayFacts } from "@/features/desk/today/day-facts";
import { Lead, UnsetDelivery } from "@/features/desk/today/lead";
import { Needs } from "@/features/desk/today/needs";
import { ScreenedByHour, WhyRefused } from "@/features/desk/today/screened";
import { landingPage } from "@/features/platform/shell/pages";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("today");
  return { title: t("title") };
}

export default async function TodayPage() {
  const member = await requireMember("organization.read");
  // Agents start at Call and marketers at Segments.
  const home = landingPage(member.role);
  if (home !== "/") redirect(home);
  const actor = toActor(member);
  const t = await getTranslations("today");
  return (
    <Reading title={t("title")}>
      <Today actor={actor} />
    </Reading>
  );
}

async function Today({ actor }: { actor: Actor }) {
  const [t, today] = await Promise.all([getTranslations("today"), api.today.read()]);
  const { day, refusals, registries } = today;
  return (
    <>
      <PageHead title={t("title")} note={<LocalTime instant={day.at} precision="weekday" />}>
        {may(actor, "phone.read") && <NumberForm isQuiet />}
      </PageHead>
      <Lead today={today} />
      {may(actor, "capture-form.change") && <UnsetDelivery />}
      <Columns>
        <Needs today={today} actor={actor} />
        <Section title={t("house")}>
          <DayFacts day={day} speed={today.speed} month={today.month} />
        </Section>
      </Columns>
      <Columns>
        <ScreenedByHour hours={day.hours} at={day.at} />
        <WhyRefused
          reasons={refusals.reasons}
          refused={day.hours.reduce((sum, { refused }) => sum + refused, 0)}
        />
      </Columns>
      {registries && (
        <Section
          title={t("registries")}
          aside={<Link href="/registries">{t("allRegistries")}</Link>}
        >
          <RegistryTable registries={registries} />
        </Section>
      )}
    </>
  );
}
