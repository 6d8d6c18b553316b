import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { Mark } from "@/components/icons";
import { SignInForm } from "@/features/account/sign-in/sign-in-form";
import { signedIn } from "@/server/current-member";
import { safePath } from "@/server/safe-path";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("title") };
}

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const from = safePath((await searchParams).from);
  const member = await signedIn();
  if (member?.hasFirstPassword) redirect(`/first-password?from=${encodeURIComponent(from)}`);
  if (member !== null) redirect(from);

  const t = await getTranslations("signIn");
  return (
    <main className="mx-auto grid min-h-dvh max-w-[22rem] content-start gap-6 px-4 pt-[max(2rem,16dvh)] pb-8">
      <p className="flex items-center gap-2 font-semibold">
        <Mark />
        Ringfence
      </p>
      <h1>{t("title")}</h1>
      <SignInForm from={from} />
      <p className="border-t border-line pt-3 text-sm text-muted">{t("forgotten")}</p>
    </main>
  );
}
