import { may } from "@ringfence/core/platform/access";
import { ConsentId } from "@ringfence/core/ids";
import { say } from "@ringfence/core/platform/message";
import { toActor } from "@ringfence/services/account/member";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { AgreedAgain } from "@/components/agreed-again";
import { ButtonLink } from "@/components/buttons";
import { DetailPage } from "@/components/detail-page";
import { Section } from "@/components/page-layout";
import { PhoneLink } from "@/components/people";
import { PrintButton } from "@/components/client-buttons";
import {
  ConsentEvents,
  MissingElementsBanner,
} from "@/features/consents/consent/detail/consent-events";
import { Standings } from "@/features/consents/consent/words";
import { EraseClaims } from "@/features/desk/erasure/erasure-forms";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("consent");
  return { title: t("title") };
}

export default async function ConsentPage({ params }: PageProps<"/consents/[consentId]">) {
  const member = await requireMember("consent.read");
  const consentId = ConsentId.safeParse((await params).consentId).data ?? notFound();
  const [t, locale, refusal, noFiles, consent, purposes] = await Promise.all([
    getTranslations("consent"),
    getLocale(),
    whyNot(member, "person.erase"),
    whyNot(member, "consent.prove"),
    loadOrNotFound(api.consent.read({ consentId })),
    api.purpose.list(),
  ]);
  const { phoneId, phone, standing, again, events, erasable } = consent;
  const names = new Map<string, string>(purposes.map(({ key, name }) => [key, name]));
  return (
    <DetailPage
      title={t("title")}
      note={phone ? <PhoneLink phoneId={phoneId} phone={phone} /> : t("erased")}
      actions={
        <>
          {phone && may(toActor(member), "consent.record") && (
            <ButtonLink href={`/consents/withdraw?phone=${phoneId}`} size="small" prefetch={false}>
              {t("withdraw")}
            </ButtonLink>
          )}
          <PrintButton>{t("print")}</PrintButton>
        </>
      }
    >
      <MissingElementsBanner standing={standing} />
      <Section title={t("standing")}>
        <div className="py-2.5">
          {standing.length > 0 ? (
            <Standings standing={standing} purposes={names} />
          ) : (
            <p>{t("dataAlone")}</p>
          )}
        </div>
      </Section>
      <AgreedAgain again={again} />
      <ConsentEvents events={events} purposes={names} whyNoFiles={noFiles} />
      {erasable.length > 0 && (
        <EraseClaims
          consentId={consentId}
          claims={erasable.map((key) => ({ key, name: say(locale, { key: `claim.${key}` }) }))}
          whyNot={refusal}
        />
      )}
    </DetailPage>
  );
}
