import { RefusalBurstId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DownloadList } from "@/components/export-list";
import { ListPage, ListRows } from "@/components/list-page";
import { toPagerLinks } from "@/server/list-query";
import { BurstTable, burstListPath, loadBurstQuery } from "@/features/do-not-call/burst/list/table";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("bursts");
  return { title: t("title") };
}

export default async function BurstsPage({ searchParams }: PageProps<"/opt-outs/bursts">) {
  await requireMember("opt-out.read");
  const { after } = await loadBurstQuery(searchParams);
  const [t, { items, next }] = await Promise.all([
    getTranslations("bursts"),
    api.burst.list({ after: RefusalBurstId.safeParse(after.at(-1)).data }),
  ]);
  return (
    <ListPage title={t("title")} note={t("note")} actions={<DownloadList href="/api/bursts.csv" />}>
      <ListRows
        isEmpty={items.length === 0}
        empty={{ title: t("empty"), body: t("emptyBody") }}
        pager={{
          label: t("pages"),
          shown: t("shown", { count: items.length }),
          ...toPagerLinks(after, next, burstListPath),
        }}
      >
        <BurstTable bursts={items} />
      </ListRows>
    </ListPage>
  );
}
