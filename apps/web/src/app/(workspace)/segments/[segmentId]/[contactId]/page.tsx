import { ContactId, SegmentId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { Banner } from "@/components/banner";
import { ButtonLink } from "@/components/buttons";
import { DetailPage } from "@/components/detail-page";
import { Section } from "@/components/page-layout";
import { EveryCheck, Why, toScreeningView } from "@/features/people/number/verdict";
import { OffersForPerson } from "@/features/audience/offer/match/offers-for-person";
import {
  PersonScore,
  PersonVerdict,
  RuleExplained,
  ScreenedPhone,
} from "@/features/audience/segment/person/explained-person";
import {
  loadSegmentQuery,
  segmentPath,
  toSegmentCall,
} from "@/features/audience/segment/segment-query";
import { api, loadOrExplain } from "@/server/caller";
import { requireMember } from "@/server/current-member";

type PersonPageProps = PageProps<"/segments/[segmentId]/[contactId]">;

/** The title leaves out the name, because browsers keep page titles in their history. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("segmentPerson");
  return { title: t("title") };
}

export default async function PersonPage({ params, searchParams }: PersonPageProps) {
  await requireMember("segment.read");
  const given = await params;
  const segmentId = SegmentId.safeParse(given.segmentId).data ?? notFound();
  const contactId = ContactId.safeParse(given.contactId).data ?? notFound();
  const call = toSegmentCall(await loadSegmentQuery(searchParams));
  const [t, locale, { got, fault }] = await Promise.all([
    getTranslations("segmentPerson"),
    getLocale(),
    loadOrExplain(api.segment.person({ segmentId, contactId, ...call })),
  ]);
  if (fault !== undefined) return <Banner tone="bad" title={fault} />;
  const matched = await api.offer.match({ contactId, seller: got.seller.key });
  const { person, rule, isBarred, phones, segmentName, seller, purpose } = got;
  // The phone that gets furthest decides. For a person held back by the threshold, that is a callable one.
  const last = got.heldBack ? "callable" : got.place;
  const decisive = phones.find((phone) => phone.place === last);
  const which = { segmentId, seller: seller.key, purpose };
  return (
    <DetailPage
      title={person.name ?? person.externalId ?? t("unnamed")}
      note={t("note", { segment: segmentName, seller: seller.name, purpose })}
      actions={<ButtonLink href={segmentPath(which)}>{t("back")}</ButtonLink>}
    >
      <PersonVerdict person={got} />
      {got.heldBack && <Banner tone="care" title={t("heldBack", got.heldBack)} />}
      <Section title={t(rule.holds ? "isIn" : "isNot")} aside={t("now")}>
        {isBarred && <Banner tone="care" title={t("barred")} />}
        <RuleExplained rule={rule} />
      </Section>
      <PersonScore score={got.score} />
      <OffersForPerson matched={matched} />
      <Section title={t("calls")}>
        {phones.length === 0 && <p className="pt-2.5 text-muted">{t("noPhone")}</p>}
        {phones.map(({ id, number, answer }) => (
          <ScreenedPhone key={id} number={number} answer={toScreeningView(locale, answer)} />
        ))}
      </Section>
      {decisive && (
        <>
          <Why answer={toScreeningView(locale, decisive.answer)} />
          <EveryCheck answer={toScreeningView(locale, decisive.answer)} />
        </>
      )}
    </DetailPage>
  );
}
