import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { EntryPage } from "@/components/public-page";
import { SignInChoices } from "@/features/account/member/sign-in/sign-in-choices";
import { findFirstStep, findSignedInMember } from "@/server/current-member";
import { findOffer } from "@/server/provider-sign-in";
import { safePath } from "@/server/safe-path";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("title") };
}

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const from = safePath((await searchParams).from);
  const step = await findFirstStep();
  if (step !== null) redirect(`${step}?from=${encodeURIComponent(from)}`);
  if ((await findSignedInMember()) !== null) redirect(from);

  const t = await getTranslations("signIn");
  return (
    <EntryPage title={t("title")}>
      <SignInChoices from={from} offer={await findOffer()} />
    </EntryPage>
  );
}
