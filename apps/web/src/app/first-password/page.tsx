import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { Mark } from "@/components/icons";
import { PasswordForm } from "@/features/account/password/password-forms";
import { signedIn } from "@/server/current-member";
import { safePath } from "@/server/safe-path";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("firstPassword");
  return { title: t("title") };
}

/** The only page that members can open until they replace their first password. */
export default async function FirstPasswordPage({ searchParams }: PageProps<"/first-password">) {
  const from = safePath((await searchParams).from);
  const member = await signedIn();
  if (member === null) redirect(`/sign-in?from=${encodeURIComponent(from)}`);
  if (!member.hasFirstPassword) redirect(from);

  const t = await getTranslations("firstPassword");
  return (
    <main className="mx-auto grid min-h-dvh max-w-[22rem] content-start gap-6 px-4 pt-[max(2rem,16dvh)] pb-8">
      <p className="flex items-center gap-2 font-semibold">
        <Mark />
        Ringfence
      </p>
      <h1>{t("title")}</h1>
      <p>{t("why", { name: member.name, organization: member.organizationName })}</p>
      <PasswordForm next={from} />
    </main>
  );
}
