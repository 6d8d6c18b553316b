import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ListPage, ListRows } from "@/components/list-page";
import { Reading } from "@/components/page-layout";
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
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={
        <NewLink href="/disclosures/new" whyNot={notChange}>
          {t("new")}
        </NewLink>
      }
    >
      <Reading>
        <Disclosures />
        <ArchivedList kind="disclosure" whyNot={notChange} />
      </Reading>
    </ListPage>
  );
}

async function Disclosures() {
  const [t, disclosures, sellers] = await Promise.all([
    getTranslations("disclosures"),
    api.disclosure.list(),
    api.seller.list(),
  ]);
  const names = new Map<string, string>(sellers.map(({ id, name }) => [id, name]));
  return (
    <ListRows
      isEmpty={disclosures.length === 0}
      empty={{ title: t("empty"), body: t("emptyBody") }}
    >
      <DisclosureTable disclosures={disclosures} sellers={names} />
    </ListRows>
  );
}
