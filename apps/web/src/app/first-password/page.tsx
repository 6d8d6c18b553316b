import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { EntryPage } from "@/components/public-page";
import { PasswordForm } from "@/features/account/member/password/password-forms";
import { findSignedInMember } from "@/server/current-member";
import { safePath } from "@/server/safe-path";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("firstPassword");
  return { title: t("title") };
}

/** The only page that members can open until they replace their first password. */
export default async function FirstPasswordPage({ searchParams }: PageProps<"/first-password">) {
  const from = safePath((await searchParams).from);
  const member = await findSignedInMember();
  if (member === null) redirect(`/sign-in?from=${encodeURIComponent(from)}`);
  if (!member.hasFirstPassword) redirect(from);

  const t = await getTranslations("firstPassword");
  return (
    <EntryPage title={t("title")}>
      <p>{t("why", { name: member.name, organization: member.organizationName })}</p>
      <PasswordForm afterFirstPassword={from} />
    </EntryPage>
  );
}
