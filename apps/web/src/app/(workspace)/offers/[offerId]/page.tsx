import { OfferId } from "@ringfence/core/ids";
import type { Archival } from "@ringfence/services/desk/archive";
import type { CurrentMember } from "@ringfence/services/account/member";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { DetailPage } from "@/components/detail-page";
import { LoadingContent, Section } from "@/components/page-layout";
import { ArchiveButton } from "@/features/desk/archive/archive-buttons";
import { ArchivedBanner } from "@/features/desk/archive/archived-list";
import { OfferForm } from "@/features/audience/offer/form/offer-form";
import { ThresholdForm } from "@/features/audience/relevance/threshold-form";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import type { OfferDetails } from "@ringfence/services/audience/offer";
import { useTranslations } from "next-intl";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("offers");
  return { title: t("title") };
}

export default async function OfferPage({ params }: PageProps<"/offers/[offerId]">) {
  const member = await requireMember("offer.read");
  const { data: offerId } = OfferId.safeParse((await params).offerId);
  if (offerId === undefined) notFound();
  const offer = await loadOrNotFound(api.offer.read({ offerId }));
  return (
    <LoadingContent title={offer.name}>
      {offer.archived ? (
        <ArchivedOffer member={member} offer={offer} archived={offer.archived} />
      ) : (
        <OneOffer member={member} offer={offer} />
      )}
    </LoadingContent>
  );
}

type ArchivedOfferProps = { member: CurrentMember; offer: Offer; archived: Archival };

/** An archived offer: its scripts as they stand on record, and nothing that changes it. */
async function ArchivedOffer({ member, offer, archived }: ArchivedOfferProps) {
  const t = await getTranslations("offerForm");
  return (
    <DetailPage title={offer.name} note={t("version", { version: offer.version })}>
      <ArchivedBanner
        item={{ kind: "offer", id: offer.id }}
        name={offer.name}
        archived={archived}
        whyNot={await whyNot(member, "offer.change")}
      />
      <ScriptList scripts={offer.scripts} />
    </DetailPage>
  );
}

type Offer = Awaited<ReturnType<typeof api.offer.read>>;

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
    <DetailPage
      title={offer.name}
      note={t("version", { version: offer.version })}
      actions={<ArchiveButton item={{ kind: "offer", id: offer.id }} whyNot={notChange} />}
    >
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
    </DetailPage>
  );
}

/** Lists the scripts of an offer. */
function ScriptList({ scripts }: Pick<OfferDetails, "scripts">) {
  const t = useTranslations("offers");
  const languages = useTranslations("scriptLanguages");
  return (
    <Section title={t("scripts")}>
      {(["en", "ru"] as const).map(
        (language) =>
          scripts[language] !== undefined && (
            <div key={language} className="grid gap-1 border-b border-line py-2.5">
              <h3 className="text-base font-semibold">{languages(language)}</h3>
              <p lang={language} className="max-w-[46rem] whitespace-pre-line">
                {scripts[language]}
              </p>
            </div>
          ),
      )}
    </Section>
  );
}
