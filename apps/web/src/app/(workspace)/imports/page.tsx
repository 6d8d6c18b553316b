import { ImportId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader, createSerializer } from "nuqs/server";
import { Empty, PageHead, Reading } from "@/components/page-layout";
import { Pager, parseAsTrail, toPagerLinks } from "@/components/pager";
import { ImportFileLink, ImportTable } from "@/features/desk/import/list/import-table";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { safePath } from "@/server/safe-path";

const query = { after: parseAsTrail };
const load = createLoader(query);
const serialize = createSerializer(query);

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("imports");
  return { title: t("title") };
}

export default async function ImportsPage({ searchParams }: PageProps<"/imports">) {
  const member = await requireMember("import.read");
  const { after } = await load(searchParams);
  const [t, refusal] = await Promise.all([
    getTranslations("imports"),
    whyNot(member, "import.run"),
  ]);
  return (
    <>
      <PageHead title={t("title")} note={t("note")}>
        <ImportFileLink whyNot={refusal} />
      </PageHead>
      <Reading>
        <Imports after={after} />
      </Reading>
    </>
  );
}

async function Imports({ after }: { after: readonly string[] }) {
  const [t, { items, next }] = await Promise.all([
    getTranslations("imports"),
    api.import.list({ after: ImportId.safeParse(after.at(-1)).data }),
  ]);
  if (items.length === 0) return <Empty title={t("empty")}>{t("emptyBody")}</Empty>;
  const steps = toPagerLinks(after, next, (trail) =>
    safePath(`/imports${serialize({ after: trail })}`),
  );
  return (
    <>
      <ImportTable imports={items} />
      <Pager label={t("pages")} shown={t("shown", { count: items.length })} {...steps} />
    </>
  );
}
