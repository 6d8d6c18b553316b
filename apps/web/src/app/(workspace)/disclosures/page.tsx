import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { Empty, PageHead, Skeleton } from "@/components/page-layout";
import { NewLink } from "@/components/buttons";
import { ArchivedList } from "@/features/platform/archive/archived-list";
import { DisclosureTable } from "@/features/consents/disclosure/list/disclosure-table";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("disclosures");
  return { title: t("title") };
}

export default async function DisclosuresPage() {
  const member = await requireMember("disclosure.read");
  const [t, notChange] = await Promise.all([
    getTranslations("disclosures"),
    whyNot(member, "disclosure.change"),
  ]);
  return (
    <>
      <PageHead title={t("title")} note={t("note")}>
        <NewLink href="/disclosures/new" whyNot={notChange}>
          {t("new")}
        </NewLink>
      </PageHead>
      <Suspense fallback={<Skeleton label={t("reading")} />}>
        <Disclosures />
        <ArchivedList kind="disclosure" whyNot={notChange} />
      </Suspense>
    </>
  );
}

async function Disclosures() {
  const [t, disclosures, sellers] = await Promise.all([
    getTranslations("disclosures"),
    api.disclosure.list(),
    api.seller.list(),
  ]);
  if (disclosures.length === 0) return <Empty title={t("empty")}>{t("emptyBody")}</Empty>;
  const names = new Map<string, string>(sellers.map(({ id, name }) => [id, name]));
  return <DisclosureTable disclosures={disclosures} sellers={names} />;
}
