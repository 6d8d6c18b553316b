import { may } from "@ringfence/core/platform/access";
import { toActor } from "@ringfence/services/account/member";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { DetailPage } from "@/components/detail-page";
import { Columns, Facts, Section, Skeleton } from "@/components/page-layout";
import { PasswordForm } from "@/features/account/member/password/password-forms";
import { OwnFactors } from "@/features/account/second-factor/own-factors";
import { OwnSessions } from "@/features/account/member/sessions/own-sessions";
import { SettingsForm } from "@/features/account/member/settings/settings-form";
import { findDelivery } from "@/server/delivery";
import { requireMember } from "@/server/current-member";
import { HydrateClient, prefetch, trpc } from "@/trpc/server";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("title") };
}

const zones = ["UTC", ...Intl.supportedValuesOf("timeZone")];

export default async function SettingsPage() {
  const member = await requireMember("member.change-own-settings");
  prefetch(trpc.member.sessions.queryOptions());
  prefetch(trpc.secondFactor.readOwn.queryOptions());
  const t = await getTranslations("settings");
  const role = await getTranslations("role");
  const sessions = await getTranslations("sessions");
  const { name, email, organizationName, sessionId, locale, zone, theme } = member;
  const { hasSingleKeys, hasWeeklyReport, hasFirstSteps } = member;
  return (
    <DetailPage title={t("title")} note={t("note")}>
      <Columns isEven>
        <Section title={t("pages")}>
          <SettingsForm
            settings={{ locale, zone, theme, hasSingleKeys, hasWeeklyReport, hasFirstSteps }}
            zones={zones}
            hasReport={may(toActor(member), "report.read") && findDelivery().email}
            maySetUp={may(toActor(member), "registry.change")}
          />
        </Section>
        <Section title={t("you")}>
          <Facts
            facts={[
              { name: t("name"), value: name },
              { name: t("email"), value: email },
              { name: t("role"), value: role(member.role) },
              { name: t("organization"), value: organizationName },
            ]}
          />
        </Section>
      </Columns>
      <Section title={t("password")} aside={t("passwordNote")}>
        <PasswordForm />
      </Section>
      <Section title={t("secondFactor")} aside={t("secondFactorNote")}>
        <HydrateClient>
          <Suspense fallback={<Skeleton label={t("readingFactors")} />}>
            <OwnFactors />
          </Suspense>
        </HydrateClient>
      </Section>
      <Section title={sessions("title")} aside={sessions("note")}>
        <HydrateClient>
          <Suspense fallback={<Skeleton label={t("reading")} />}>
            <OwnSessions current={sessionId} />
          </Suspense>
        </HydrateClient>
      </Section>
    </DetailPage>
  );
}
