import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OrganizationChoice } from "@/features/do-not-call/stop-page/organization-choice";
import { listOrganizations } from "@/server/public-stop";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("stop");
  return { title: { absolute: t("title") } };
}

/** Lets a person choose the organization that calls. If there is only one, it leads straight there. */
export default async function StopPage() {
  const t = await getTranslations("stop");
  const organizations = await listOrganizations("/stop");
  return <OrganizationChoice title={t("title")} who={t("who")} organizations={organizations} />;
}
