import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { OfferListItem } from "@ringfence/services/audience/offer";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { DownloadList } from "@/components/export-list";
import { ListPage, ListRows } from "@/components/list-page";
import { LoadingContent } from "@/components/page-layout";
import { NewLink } from "@/components/buttons";
import { ArchivedList } from "@/features/desk/archive/archived-list";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { type Column, Table } from "@/components/table";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("offers");
  return { title: t("title") };
}

export default async function OffersPage() {
  const member = await requireMember("offer.read");
  const [t, notNew] = await Promise.all([
    getTranslations("offers"),
    whyNot(member, "offer.change"),
  ]);
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={
        <>
          <DownloadList href="/api/offers.csv" />
          <NewLink href="/offers/new" whyNot={notNew}>
            {t("new")}
          </NewLink>
        </>
      }
    >
      <LoadingContent>
        <Offers />
        <ArchivedList kind="offer" whyNot={notNew} />
      </LoadingContent>
    </ListPage>
  );
}

async function Offers() {
  const [t, offers, purposes] = await Promise.all([
    getTranslations("offers"),
    api.offer.list(),
    api.purpose.list(),
  ]);
  return (
    <ListRows isEmpty={offers.length === 0} empty={{ title: t("empty"), body: t("emptyBody") }}>
      <OfferTable
        offers={offers}
        purposeNames={Object.fromEntries(purposes.map(({ key, name }) => [key, name]))}
      />
    </ListRows>
  );
}

type OfferTableProps = { offers: readonly OfferListItem[]; purposeNames: Record<string, string> };

/** Table of offers with purpose, segment and languages. */
function OfferTable({ offers, purposeNames }: OfferTableProps) {
  const t = useTranslations("offers");
  const languages = useTranslations("scriptLanguages");
  const columns: [Column<OfferListItem>, ...Column<OfferListItem>[]] = [
    {
      key: "name",
      head: t("name"),
      cell: ({ id, name }) => <Link href={`/offers/${id}`}>{name}</Link>,
    },
    {
      key: "purpose",
      head: t("purpose"),
      narrow: t("purpose"),
      cell: ({ purpose }) => purposeNames[purpose] ?? purpose,
    },
    {
      key: "eligibility",
      head: t("eligibility"),
      narrow: t("eligibility"),
      cell: ({ eligibility, eligibilityName }) =>
        eligibilityName ?? t(eligibility === null ? "everybody" : "otherSegment"),
    },
    {
      key: "scripts",
      head: t("scripts"),
      narrow: t("scripts"),
      cell: ({ scripts }) =>
        Object.keys(scripts)
          .map((language) => languages(language === "ru" ? "ru" : "en"))
          .join(", "),
    },
  ];
  return (
    <Table isStack caption={t("caption")} columns={columns} rows={offers} rowKey={({ id }) => id} />
  );
}
