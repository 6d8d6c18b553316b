import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { ListPage } from "@/components/list-page";
import { Empty, Section, Skeleton } from "@/components/page-layout";
import { ButtonLink, NewLink, GuardedLink } from "@/components/buttons";
import {
  DisconnectedList,
  RegistriesSummary,
  RegistryList,
} from "@/features/do-not-call/registry/list/registry-list";
import { ContactCoverage } from "@/features/do-not-call/registry/list/contact-coverage";
import { RequiredRegistries } from "@/features/do-not-call/registry/list/required-registries";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("registries");
  return { title: t("title") };
}

export default async function RegistriesPage() {
  const member = await requireMember("registry.read");
  const [t, refusal] = await Promise.all([
    getTranslations("registries"),
    whyNot(member, "registry.change"),
  ]);
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={
        <>
          <ButtonLink href="/registries/reassigned">{t("reassigned")}</ButtonLink>
          <GuardedLink href="/registries/readings" whyNot={refusal}>
            {t("whenRead")}
          </GuardedLink>
          <NewLink href="/registries/connect" whyNot={refusal}>
            {t("connect")}
          </NewLink>
        </>
      }
    >
      <Suspense fallback={<Skeleton label={t("reading")} />}>
        <Registries mayChange={refusal === undefined} />
      </Suspense>
    </ListPage>
  );
}

async function Registries({ mayChange }: { mayChange: boolean }) {
  const [t, coverage, registries, covered, trends, ofContacts, disconnected] = await Promise.all([
    getTranslations("registries"),
    getTranslations("coverage"),
    api.registry.list(),
    api.registry.coverage(),
    api.registry.trends({}),
    api.registry.contactCoverage(),
    api.registry.disconnected(),
  ]);
  const missing = covered.filter(({ registryId }) => registryId === null);
  const ownDisconnected = disconnected.filter(({ id }) =>
    missing.every(({ disconnectedId }) => disconnectedId !== id),
  );
  return (
    <>
      {registries.length === 0 ? (
        <Empty title={t("none")}>{t("noneBody")}</Empty>
      ) : (
        <>
          <RegistriesSummary registries={registries} jurisdictions={ofContacts.jurisdictions} />
          <Section title={t("connected")} aside={<a href="/api/registries.csv">{t("csv")}</a>}>
            <RegistryList registries={registries} trends={trends} mayRead={mayChange} />
          </Section>
        </>
      )}
      <ContactCoverage coverage={ofContacts} />
      {missing.length > 0 && (
        <Section title={coverage("title")} aside={coverage("note")}>
          <RequiredRegistries registries={missing} mayConnect={mayChange} />
        </Section>
      )}
      {ownDisconnected.length > 0 && (
        <Section title={t("disconnected")}>
          <DisconnectedList registries={ownDisconnected} />
        </Section>
      )}
    </>
  );
}
