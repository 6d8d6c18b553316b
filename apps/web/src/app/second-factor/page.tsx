import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { EntryPage } from "@/components/public-page";
import { FactorForm } from "@/features/account/second-factor/factor-form";
import { FirstFactor } from "@/features/account/second-factor/first-factor";
import { findAwaitedMember, findSignedInMember } from "@/server/current-member";
import { safePath } from "@/server/safe-path";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("secondFactor");
  return { title: t("title") };
}

/**
 * Asks for the second factor after the password. Members who need one and have none set it up here, before
 * they can open any other page.
 */
export default async function SecondFactorPage({ searchParams }: PageProps<"/second-factor">) {
  const from = safePath((await searchParams).from);
  const t = await getTranslations("secondFactor");
  const awaited = await findAwaitedMember();
  if (awaited !== null) {
    const { hasPasskey } = awaited;
    return (
      <EntryPage title={t(hasPasskey ? "titleWithPasskey" : "title")}>
        <FactorForm from={from} hasPasskey={hasPasskey} />
        <p className="border-t border-line pt-3 text-sm text-muted">{t("lost")}</p>
      </EntryPage>
    );
  }
  const member = await findSignedInMember();
  if (member === null) redirect(`/sign-in?from=${encodeURIComponent(from)}`);
  if (!member.needsSecondFactor) redirect(from);
  return (
    <EntryPage title={t("needed")}>
      <p>{t("neededWhy", { name: member.name, organization: member.organizationName })}</p>
      <FirstFactor from={from} />
    </EntryPage>
  );
}
