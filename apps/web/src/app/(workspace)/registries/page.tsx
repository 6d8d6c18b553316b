import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHead } from "@/components/page-head";
import { RegistryTable } from "@/features/registry/registry-table";
import { api } from "@/server/caller";
import { requireMember } from "@/server/require-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("registries");
  return { title: t("title") };
}

export default async function RegistriesPage() {
  await requireMember("registry.read");
  const [t, registries] = await Promise.all([getTranslations("registries"), api.registry.list()]);
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <RegistryTable registries={registries} />
    </>
  );
}
