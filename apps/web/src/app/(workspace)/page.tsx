import { may } from "@ringfence/core/access";
import { actorOf } from "@ringfence/services/member";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { Columns } from "@/components/columns";
import { LocalTime } from "@/components/local-time";
import { PageHead } from "@/components/page-head";
import { Section } from "@/components/section";
import { RegistryTable } from "@/features/registry/registry-table";
import { DayFacts } from "@/features/today/day-facts";
import { Lead } from "@/features/today/lead";
import { ScreenedByHour } from "@/features/today/screened-by-hour";
import { api } from "@/server/caller";
import { requireMember } from "@/server/require-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("today");
  return { title: t("title") };
}

export default async function TodayPage() {
  const member = await requireMember("organization.read");
  const mayReadRegistries = may(actorOf(member), "registry.read");
  const [t, day, registries] = await Promise.all([
    getTranslations("today"),
    api.organization.day(),
    mayReadRegistries ? api.registry.list() : null,
  ]);
  return (
    <>
      <PageHead title={t("title")} note={<LocalTime instant={day.at} precision="weekday" />} />
      <Lead registries={registries} />
      <Columns>
        <ScreenedByHour hours={day.hours} at={day.at} />
        <Section title={t("house")}>
          <DayFacts day={day} />
        </Section>
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
