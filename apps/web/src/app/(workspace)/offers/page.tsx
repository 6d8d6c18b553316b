import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Empty } from "@/components/empty";
import { NewLink } from "@/components/new-link";
import { PageHead } from "@/components/page-head";
import { Reading } from "@/components/reading";
import { OfferTable } from "@/features/audience/offer/list/offer-table";
import { ArchivedList } from "@/features/platform/archive/archived-list";
import { api } from "@/server/caller";
import { requireMember } from "@/server/require-member";
import { whyNot } from "@/server/why-not";

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
