import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { FormPage } from "@/components/form-page";
import { ConnectForm } from "@/features/do-not-call/registry/form/connect";
import { api } from "@/server/caller";
import { listRegions } from "@/i18n/list-regions";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("connect");
  return { title: t("title") };
}

export default async function ConnectPage() {
  await requireMember("registry.change");
  const [t, locale, { homeRegion }, covered] = await Promise.all([
    getTranslations("connect"),
    getLocale(),
    api.organization.read(),
    api.registry.coverage(),
  ]);
  return (
    <FormPage title={t("title")} note={t("note")}>
      <ConnectForm
        named={covered.filter(
          ({ registryId, disconnectedId }) => (registryId ?? disconnectedId) === null,
        )}
        regions={listRegions(locale)}
        homeRegion={homeRegion}
      />
    </FormPage>
  );
}
