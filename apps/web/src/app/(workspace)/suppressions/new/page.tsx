import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FormPage } from "@/components/form-page";
import { NewSuppression } from "@/features/do-not-call/suppression/new/new-suppression";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("newSuppression");
  return { title: t("title") };
}

export default async function NewSuppressionPage() {
  await requireMember("suppression.record");
  const [t, { homeRegion }] = await Promise.all([
    getTranslations("newSuppression"),
    api.organization.read(),
  ]);
  return (
    <FormPage title={t("title")} note={t("note")} section={t("number")}>
      <NewSuppression homeRegion={homeRegion} />
    </FormPage>
  );
}
