import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { Empty, PageHead, Section, Skeleton } from "@/components/page-layout";
import { ConsentTrend, SourceTable } from "@/features/consents/consent/sources/source-table";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sources");
  return { title: t("title") };
}

export default async function SourcesPage() {
  await requireMember("consent.read");
  const t = await getTranslations("sources");
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <Suspense fallback={<Skeleton label={t("reading")} />}>
        <Sources />
      </Suspense>
    </>
  );
}

async function Sources() {
  const [t, { sources, weeks }] = [await getTranslations("sources"), await api.consent.sources()];
  if (sources.length === 0) return <Empty title={t("empty")}>{t("emptyBody")}</Empty>;
  return (
    <>
      <ConsentTrend weeks={weeks} />
      <Section title={t("bySource")}>
        <SourceTable sources={sources} />
      </Section>
    </>
  );
}
