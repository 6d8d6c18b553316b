import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { EntryPage } from "@/components/public-page";
import { SignInChoices } from "@/features/account/member/sign-in/sign-in-choices";
import { findOffer } from "@/server/provider-sign-in";
import { safePath } from "@/server/safe-path";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("title") };
}

/** Sign-in page of one organization, whose link its owner gives to the members. */
export default async function OrganizationSignInPage({
  params,
  searchParams,
}: PageProps<"/sign-in/[organization]">) {
  const { organization } = await params;
  const { from, fault } = await searchParams;
  const offer = await findOffer(organization);
  if (offer === null) notFound();
  const t = await getTranslations("signIn");
  return (
    <EntryPage title={t("title")}>
      <SignInChoices from={safePath(from)} offer={offer} fault={fault} />
    </EntryPage>
  );
}
