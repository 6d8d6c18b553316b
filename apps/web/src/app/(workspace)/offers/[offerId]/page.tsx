import type { CurrentMember } from "@ringfence/services/member";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { PageHead } from "@/components/page-head";
import { Reading } from "@/components/reading";
import { Section } from "@/components/section";
import { ArchiveOffer } from "@/features/offer/archive-offer";
import { OfferForm } from "@/features/offer/offer-form";
import { ThresholdForm } from "@/features/relevance/threshold-form";
import { api } from "@/server/caller";
import { requireMember } from "@/server/require-member";
import { whyNot } from "@/server/why-not";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("offers");
  return { title: t("title") };
}

export default async function OfferPage({ params }: PageProps<"/offers/[offerId]">) {
  const member = await requireMember("offer.read");
  const { offerId } = await params;
  const offers = await api.offer.list();
  const offer = offers.find(({ id }) => id === offerId) ?? notFound();
  return (
    <Reading title={offer.name}>
      <OneOffer member={member} offer={offer} />
    </Reading>
  );
}

type Offer = Awaited<ReturnType<typeof api.offer.list>>[number];

async function OneOffer({ member, offer }: { member: CurrentMember; offer: Offer }) {
  const [t, relevance, purposes, segments, holding, notChange, notSet] = await Promise.all([
    getTranslations("offerForm"),
    getTranslations("relevance"),
    api.purpose.list(),
    api.segment.list(),
    api.relevance.threshold({ offerId: offer.id }),
    whyNot(member, "offer.change"),
    whyNot(member, "relevance.change"),
  ]);
  return (
    <>
      <PageHead title={offer.name} note={t("version", { version: offer.version })}>
        <ArchiveOffer offerId={offer.id} name={offer.name} whyNot={notChange} />
      </PageHead>
      <OfferForm
        key={offer.version}
        offer={offer}
        purposes={purposes}
        segments={segments}
        whyNot={notChange}
      />
      <Section title={relevance("threshold")} aside={relevance(holding.isOwn ? "own" : "ofAll")}>
        <ThresholdForm
          key={`${holding.isOwn} ${holding.threshold}`}
          holding={holding}
          offerId={offer.id}
          whyNot={notSet}
        />
      </Section>
    </>
  );
}
