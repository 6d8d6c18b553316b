import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FormPage } from "@/components/form-page";
import { NewMember } from "@/features/account/member/member-forms";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("newMember");
  return { title: t("title") };
}

export default async function NewMemberPage() {
  await requireMember("member.change");
  const [t, sellers] = [await getTranslations("newMember"), await api.seller.list()];
  return (
    <FormPage title={t("title")} note={t("note")}>
      <NewMember sellers={sellers} />
    </FormPage>
  );
}
