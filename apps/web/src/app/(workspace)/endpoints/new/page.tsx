import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FormPage } from "@/components/form-page";
import { NewEndpoint } from "@/features/do-not-call/endpoint/new/new-endpoint";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("newEndpoint");
  return { title: t("title") };
}

export default async function NewEndpointPage() {
  await requireMember("endpoint.change");
  const t = await getTranslations("newEndpoint");
  return (
    <FormPage title={t("title")} note={t("note")}>
      <NewEndpoint />
    </FormPage>
  );
}
