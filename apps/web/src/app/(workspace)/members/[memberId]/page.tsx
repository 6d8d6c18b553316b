import { MemberId } from "@ringfence/core/ids";
import { may } from "@ringfence/core/platform/access";
import { toActor } from "@ringfence/services/account/member";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Banner } from "@/components/banner";
import { DetailPage } from "@/components/detail-page";
import { Section } from "@/components/page-layout";
import { MemberAccess, MemberPosition } from "@/features/account/member/member-forms";
import { MemberFacts } from "@/features/account/member/member-table";
import { MemberSessions } from "@/features/account/member/sessions/member-sessions";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { safePath } from "@/server/safe-path";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("member");
  return { title: t("title") };
}

export default async function MemberPage({ params }: PageProps<"/members/[memberId]">) {
  const self = await requireMember("member.read");
  const memberId = MemberId.safeParse((await params).memberId).data ?? notFound();
  const [t, sessions, refusal, member, sellers] = await Promise.all([
    getTranslations("member"),
    getTranslations("sessions"),
    whyNot(self, "member.change"),
    loadOrNotFound(api.member.read({ memberId })),
    api.seller.list(),
  ]);
  const isSelf = memberId === self.memberId;
  return (
    <DetailPage title={member.name}>
      <MemberFacts member={member} sellers={sellers} />
      {may(toActor(self), "audit.read") && (
        <p className="mt-4">
          <Link href={safePath(`/audit/reads?who=member.${memberId}`)}>{t("reads")}</Link>
        </p>
      )}
      {isSelf && (
        <div className="mt-6 max-w-[46rem]">
          <Banner tone="locked" title={t("self")}>
            {t("selfBody")}
          </Banner>
        </div>
      )}
      {!isSelf && member.removedAt === null && (
        <>
          <Section title={t("position")} aside={t("positionNote")}>
            <MemberPosition member={member} sellers={sellers} whyNot={refusal} />
          </Section>
          <Section title={t("access")}>
            <MemberAccess member={member} whyNot={refusal} />
          </Section>
          {may(toActor(self), "session.read-others") && (
            <Section title={sessions("title")} aside={sessions("note")}>
              <MemberSessions
                memberId={memberId}
                {...await api.member.sessionsOf({ memberId })}
                current={self.sessionId}
              />
            </Section>
          )}
        </>
      )}
    </DetailPage>
  );
}
