import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page-head";
import { Section } from "@/components/section";
import { ConnectLink } from "@/features/registry/connect-link";
import { CoverageTable } from "@/features/registry/coverage-table";
import { RegistriesLead } from "@/features/registry/registries-lead";
import { RegistryList } from "@/features/registry/registry-list";
import { api } from "@/server/caller";
import { requireMember } from "@/server/require-member";
import { whyNot } from "@/server/why-not";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("registries");
  return { title: t("title") };
}

export default async function RegistriesPage() {
  const member = await requireMember("registry.read");
  const [t, coverage, refusal, registries, covered] = await Promise.all([
    getTranslations("registries"),
    getTranslations("coverage"),
    whyNot(member, "registry.change"),
    api.registry.list(),
    api.registry.coverage(),
  ]);
  const missing = covered.filter(({ registryId }) => registryId === null);
  return (
    <>
      <PageHead title={t("title")} note={t("note")}>
        <ConnectLink whyNot={refusal} />
      </PageHead>
      {registries.length === 0 ? (
        <Empty title={t("none")}>{t("noneBody")}</Empty>
      ) : (
        <>
          <RegistriesLead registries={registries} />
          <Section title={t("connected")} aside={<a href="/api/registries.csv">{t("csv")}</a>}>
            <RegistryList registries={registries} mayRead={refusal === undefined} />
          </Section>
        </>
      )}
      {missing.length > 0 && (
        <Section title={coverage("title")} aside={coverage("note")}>
          <CoverageTable registries={missing} mayConnect={refusal === undefined} />
        </Section>
      )}
    </>
  );
}
