import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Empty, PageHead, Reading } from "@/components/page-layout";
import { NewLink } from "@/components/buttons";
import { OfferTable } from "@/features/audience/offer/list/offer-table";
import { ArchivedList } from "@/features/platform/archive/archived-list";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

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
    <>
      <PageHead title={t("title")} note={t("note")}>
        <NewLink href="/offers/new" whyNot={notNew}>
          {t("new")}
        </NewLink>
      </PageHead>
      <Reading>
        <Offers />
        <ArchivedList kind="offer" whyNot={notNew} />
      </Reading>
    </>
  );
}

async function Offers() {
  const [t, offers, purposes] = await Promise.all([
    getTranslations("offers"),
    api.offer.list(),
    api.purpose.list(),
  ]);
  if (offers.length === 0) return <Empty title={t("empty")}>{t("emptyBody")}</Empty>;
  return (
    <OfferTable
      offers={offers}
      purposeNames={Object.fromEntries(purposes.map(({ key, name }) => [key, name]))}
    />
  );
}
