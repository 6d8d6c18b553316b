import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { EntryPage } from "@/components/public-page";
import { SignInForm } from "@/features/account/member/sign-in/sign-in-form";
import { findFirstStep, findSignedInMember } from "@/server/current-member";
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
      <SignInForm from={from} />
      <p className="border-t border-line pt-3 text-sm text-muted">{t("forgotten")}</p>
    </EntryPage>
  );
}
