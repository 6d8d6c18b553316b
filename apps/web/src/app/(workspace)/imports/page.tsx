import { ImportId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ListPage, ListRows } from "@/components/list-page";
import { Reading } from "@/components/page-layout";
import { ImportFileLink, ImportTable } from "@/features/desk/import/list/import-table";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { createListQuery } from "@/server/list-query";

const query = createListQuery("/imports", {});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("imports");
  return { title: t("title") };
}

export default async function ImportsPage({ searchParams }: PageProps<"/imports">) {
  const member = await requireMember("import.read");
  const { after } = await query.load(searchParams);
  const [t, refusal] = await Promise.all([
    getTranslations("imports"),
    whyNot(member, "import.run"),
  ]);
  return (
    <ListPage title={t("title")} note={t("note")} actions={<ImportFileLink whyNot={refusal} />}>
      <Reading>
        <Imports after={after} />
      </Reading>
    </ListPage>
  );
}

async function Imports({ after }: { after: readonly string[] }) {
  const [t, { items, next }] = await Promise.all([
    getTranslations("imports"),
    api.import.list({ after: ImportId.safeParse(after.at(-1)).data }),
  ]);
  const steps = query.toSteps({ filters: {}, after }, next);
  return (
    <ListRows
      isEmpty={items.length === 0}
      empty={{ title: t("empty"), body: t("emptyBody") }}
      pager={{ label: t("pages"), shown: t("shown", { count: items.length }), ...steps }}
    >
      <ImportTable imports={items} />
    </ListRows>
  );
}
