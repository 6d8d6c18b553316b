import { EditionKey } from "@ringfence/core/do-not-call/registry";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Columns } from "@/components/columns";
import { PageHead } from "@/components/page-head";
import { Section } from "@/components/section";
import { ChangedNumbers, EditionFacts } from "@/features/do-not-call/registry/edition/edition";
import { api } from "@/server/caller";
import { loadOrNotFound } from "@/server/load-or-not-found";
import { requireMember } from "@/server/require-member";

type EditionPageProps = PageProps<"/registries/[registryId]/editions/[number]">;

async function editionIn(params: EditionPageProps["params"]) {
  const { registryId, number } = await params;
  return EditionKey.safeParse({ registryId, number: Number(number) }).data ?? notFound();
}

export async function generateMetadata({ params }: EditionPageProps): Promise<Metadata> {
  const [t, { number }] = await Promise.all([getTranslations("edition"), editionIn(params)]);
  return { title: t("title", { number }) };
}

export default async function EditionPage({ params }: EditionPageProps) {
  await requireMember("registry.read");
  const asked = await editionIn(params);
  const { registryId, number } = asked;
  const [t, registry, { edition, sample }] = await Promise.all([
    getTranslations("edition"),
    loadOrNotFound(api.registry.view({ registryId })),
    loadOrNotFound(api.registry.difference(asked)),
  ]);
  const all = edition.added + edition.removed;
  return (
    <>
      <PageHead title={t("title", { number })} note={t("note", { name: registry.name })}>
        <Link href={`/registries/${registryId}`}>{registry.name}</Link>
      </PageHead>
      <Columns isEven>
        <Section title={t("facts")}>
          <EditionFacts edition={edition} />
        </Section>
        <Section
          title={t("changed")}
          {...(sample.length > 0 && { aside: t("sample", { count: sample.length, all }) })}
        >
          <ChangedNumbers sample={sample} isFirst={number === 1} />
        </Section>
      </Columns>
    </>
  );
}
