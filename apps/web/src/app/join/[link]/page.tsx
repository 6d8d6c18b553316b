import { findMemberLink } from "@ringfence/services/account/member";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EntryPage } from "@/components/public-page";
import { ChoosePasswordForm } from "@/features/account/member/password/password-forms";
import { installation } from "@/server/installation";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("join");
  return { title: t("title"), referrer: "no-referrer" };
}

/** Lets a member choose a password with the link that was mailed or handed to them. */
export default async function JoinPage({ params }: PageProps<"/join/[link]">) {
  const { link } = await params;
  const [t, found] = [await getTranslations("join"), await findMemberLink(installation(), link)];
  return (
    <EntryPage title={t(found ? "title" : "over")}>
      <p>
        {found
          ? t("why", { name: found.name, organization: found.organizationName, email: found.email })
          : t("overBody")}
      </p>
      {found && <ChoosePasswordForm link={link} email={found.email} />}
    </EntryPage>
  );
}
