import type { MatchedOffer, matchOffers } from "@ringfence/services/audience/offer";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Section } from "@/components/page-layout";

type Matched = Awaited<ReturnType<typeof matchOffers>>;

/** Lists a person's offers by seller, best first, and explains the order. */
export function OffersForPerson({ matched }: { matched: Matched }) {
  const t = useTranslations("offersForPerson");
  const { sellers, isProfiled, isLearned } = matched;
  const how = isLearned ? "byModel" : "byDocumented";
  return (
    <Section title={t("title")} aside={t(isProfiled ? how : "byPriority")}>
      {!isProfiled && <p className="max-w-[46rem] pt-2.5">{t("noScore")}</p>}
      {sellers.map(({ seller, offers }) => (
        <div key={seller.key} className="grid gap-1 border-b border-line py-2.5">
          <h3 className="text-base font-semibold">{t("callsOf", { seller: seller.name })}</h3>
          <BestOffer offers={offers} />
          {offers.length > 0 && (
            <ol className="list-decimal ps-6 pt-1">
              {offers.map((offer) => (
                <OfferItem key={offer.id} offer={offer} />
              ))}
            </ol>
          )}
        </div>
      ))}
    </Section>
  );
}

/** Names the best offer in a sentence. */
function BestOffer({ offers }: { offers: readonly MatchedOffer[] }) {
  const t = useTranslations("offersForPerson");
  if (offers.length === 0) return <p className="text-muted">{t("noOffers")}</p>;
  const [best, next] = offers.filter(({ standing }) => standing === "open");
  if (best === undefined) return <p>{t("noneNow")}</p>;
  if (next === undefined) return <p>{t("only", { name: best.name })}</p>;
  const isByChance = best.chance !== null && best.chance !== next.chance;
  return <p>{t(isByChance ? "best" : "bestByPriority", { name: best.name })}</p>;
}

function OfferItem({ offer }: { offer: MatchedOffer }) {
  const t = useTranslations("offersForPerson");
  const { id, name, chance, priority, threshold, standing, drivers } = offer;
  return (
    <li className="pt-1">
      <Link href={`/offers/${id}`}>{name}</Link>
      {", "}
      {chance === null ? t("priority", { priority }) : t("chance", { chance, priority })}
      {standing !== "open" && (
        <span className="block text-muted">
          {t(`standings.${standing}`, { threshold: threshold ?? 0 })}
        </span>
      )}
      {drivers.length > 0 && (
        <ul className="list-disc ps-5">
          {drivers.map((driver) => (
            <li key={driver}>{driver}</li>
          ))}
        </ul>
      )}
    </li>
  );
}
