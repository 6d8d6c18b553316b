import { RegistryId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { FormPage } from "@/components/form-page";
import { ChangeForm } from "@/features/do-not-call/registry/form/change";
import { api, loadOrNotFound } from "@/server/caller";
import { listRegions } from "@/i18n/list-regions";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("changeRegistry");
  return { title: t("title") };
}

export default async function ChangeRegistryPage({
  params,
}: PageProps<"/registries/[registryId]/change">) {
  await requireMember("registry.change");
  const registryId = RegistryId.safeParse((await params).registryId).data ?? notFound();
  const [t, locale, { homeRegion }, registry, covered] = await Promise.all([
    getTranslations("changeRegistry"),
    getLocale(),
    api.organization.read(),
    loadOrNotFound(api.registry.view({ registryId })),
    api.registry.coverage(),
  ]);
  const rule = covered.find(({ code }) => code === registry.code);
  return (
    <FormPage title={registry.name} note={t("note")}>
      <ChangeForm
        registry={registry}
        ruleDays={rule?.limitDays ?? null}
        regions={listRegions(locale)}
        homeRegion={homeRegion}
      />
    </FormPage>
  );
}
