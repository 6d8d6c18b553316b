import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OrganizationChoice } from "@/features/do-not-call/stop-page/organization-choice";
import { listOrganizations } from "@/server/public-stop";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ownRecord");
  return { title: { absolute: t("title") } };
}

/** Lets a person choose the organization. If there is only one, it leads straight there. */
export default async function MyPage() {
  const t = await getTranslations("ownRecord");
  const organizations = await listOrganizations("/my");
  return <OrganizationChoice title={t("title")} who={t("who")} organizations={organizations} />;
}
