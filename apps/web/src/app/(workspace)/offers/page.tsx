import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ListPage, ListRows } from "@/components/list-page";
import { Reading } from "@/components/page-layout";
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
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={
        <NewLink href="/offers/new" whyNot={notNew}>
          {t("new")}
        </NewLink>
      }
    >
      <Reading>
        <Offers />
        <ArchivedList kind="offer" whyNot={notNew} />
      </Reading>
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
