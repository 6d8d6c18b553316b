import { ContactId, SegmentId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import type { ExplainedRule, explainPerson } from "@ringfence/services/audience/segment";
import { useTranslations } from "next-intl";
import { Check, X } from "lucide-react";
import type { ScreeningResponse } from "@ringfence/core/calling/screening";
import { Banner } from "@/components/banner";
import { ButtonLink } from "@/components/buttons";
import { DetailPage } from "@/components/detail-page";
import { Section } from "@/components/page-layout";
import { AllChecks, VerdictReasons, toScreeningView } from "@/features/desk/number/verdict";
import { OffersForPerson } from "@/features/audience/offer/match/offers-for-person";
import {
  loadSegmentQuery,
  segmentPath,
  toSegmentCall,
} from "@/features/audience/segment/segment-query";
import { api, loadOrExplain } from "@/server/caller";
import { requireMember } from "@/server/current-member";
import { Verdict } from "@/components/verdict";
import { Icon } from "@/components/icons";
import { PhoneText } from "@/components/people";
import { FenceStrip } from "@/components/fence/fence";

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
  const [matched, purposes] = await Promise.all([
    api.offer.match({ contactId, seller: got.seller.key }),
    api.purpose.list(),
  ]);
  const { person, rule, isBarred, phones, segmentName, seller, purpose } = got;
  // The phone that gets furthest decides. For a person held back by the threshold, that is a callable one.
  const last = got.heldBack ? "callable" : got.place;
  const decisive = phones.find((phone) => phone.place === last);
  const which = { segmentId, seller: seller.key, purpose };
  return (
    <DetailPage
      title={person.name ?? person.externalId ?? t("unnamed")}
      note={t("note", {
        segment: segmentName,
        seller: seller.name,
        purpose: purposes.find(({ key }) => key === purpose)?.name ?? purpose,
      })}
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
          <VerdictReasons answer={toScreeningView(locale, decisive.answer)} />
          <AllChecks answer={toScreeningView(locale, decisive.answer)} />
        </>
      )}
    </DetailPage>
  );
}

type Explained = Awaited<ReturnType<typeof explainPerson>>;

/** Tells whether a person of a segment may be called, or else the first step that stops them. */
function PersonVerdict({ person: { place, rule } }: { person: Explained }) {
  const t = useTranslations("segmentPerson");
  const waterfall = useTranslations("waterfall");
  const isIn = rule.holds ? "yes" : "no";
  return (
    <Verdict verdict={place === "callable" ? "allow" : "refuse"} meta={t("live")}>
      {place === "callable"
        ? t("callable", { isIn })
        : t("stopped", { isIn, step: waterfall(`steps.${place}`) })}
    </Verdict>
  );
}

/** Shows how likely a person is to accept a call, and the traits that make the difference. */
function PersonScore({ score }: Pick<Explained, "score">) {
  const t = useTranslations("segmentPerson");
  if (score === null) {
    return (
      <Section title={t("relevance")}>
        <p className="pt-2.5 text-muted">{t("noScore")}</p>
      </Section>
    );
  }
  const { chance, drivers, isLearned } = score;
  return (
    <Section title={t("relevance")} aside={t(isLearned ? "byModel" : "byDocumented")}>
      <p className="pt-2.5">{t("chance", { chance })}</p>
      {drivers.length === 0 ? (
        <p className="text-muted">{t("usual")}</p>
      ) : (
        <ul className="list-disc ps-5 pt-1">
          {drivers.map((driver) => (
            <li key={driver}>{driver}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Shows for each part of a rule whether it holds for the person. */
const RuleExplained = ({ rule }: { rule: ExplainedRule }) => (
  <ul className="pt-2.5">
    <Part part={rule} />
  </ul>
);

function Part({ part: { is, sentence, holds, of } }: { part: ExplainedRule }) {
  const t = useTranslations("segmentPerson");
  const isGroup = is === "all" || is === "any" || is === "none";
  return (
    <li className="py-1">
      <p className="flex gap-2">
        <Icon
          of={holds ? Check : X}
          className={`mt-0.5 shrink-0 ${holds ? "text-allow" : "text-refuse"}`}
        />
        <span>
          <span className={holds ? "text-allow" : "text-refuse"}>{t(holds ? "yes" : "no")}</span>
          {": "}
          {isGroup ? <b>{t(`joints.${is}`)}</b> : sentence}
        </span>
      </p>
      {of.length > 0 && (
        <ul className="ml-2 border-l border-line pl-4">
          {of.map((part, index) => (
            // Parts have no key but their position.
            // oxlint-disable-next-line react/no-array-index-key
            <Part key={index} part={part} />
          ))}
        </ul>
      )}
    </li>
  );
}

type ScreenedPhoneProps = { number: string | null; answer: ScreeningResponse };

/** Shows one phone of a person and the screening of a call to it now. */
function ScreenedPhone({ number, answer }: ScreenedPhoneProps) {
  const t = useTranslations("segmentPerson");
  return (
    <div className="border-b border-line py-2.5">
      <p className="pb-1.5">
        <b className="whitespace-nowrap">{number && <PhoneText phone={number} />}</b>{" "}
        <span className={answer.verdict === "allow" ? "text-allow" : "text-refuse"}>
          {t(answer.verdict)}
        </span>
      </p>
      <FenceStrip answer={answer} />
    </div>
  );
}
