import { ImportKind } from "@ringfence/core/import";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHead } from "@/components/page-head";
import { Section } from "@/components/section";
import { NewImport } from "@/features/import/new-import";
import { requireMember } from "@/server/require-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("newImport");
  return { title: t("title") };
}

export default async function NewImportPage({ searchParams }: PageProps<"/imports/new">) {
  await requireMember("import.run");
  const [t, { kind }] = await Promise.all([getTranslations("newImport"), searchParams]);
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <Section title={t("yourFile")}>
        <NewImport kind={ImportKind.safeParse(kind).data ?? "contacts"} />
      </Section>
    </>
  );
}
