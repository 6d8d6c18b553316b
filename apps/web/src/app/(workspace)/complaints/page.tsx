import { ComplaintId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { parseAsBoolean } from "nuqs/server";
import { ButtonLink } from "@/components/buttons";
import { ListPage, ListRows } from "@/components/list-page";
import { ComplaintTable } from "@/features/desk/complaint/complaint-table";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { createListQuery } from "@/server/list-query";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("complaints");
  return { title: t("title") };
}

const query = createListQuery("/complaints", { settled: parseAsBoolean.withDefault(false) });

export default async function ComplaintsPage({ searchParams }: PageProps<"/complaints">) {
  const member = await requireMember("complaint.read");
  const look = await query.load(searchParams);
  const { settled } = look.filters;
  const [t, { items, next }, notSettle] = await Promise.all([
    getTranslations("complaints"),
    api.complaint.list({
      isSettled: settled,
      after: ComplaintId.safeParse(look.after.at(-1)).data,
    }),
    whyNot(member, "complaint.settle"),
  ]);
  const steps = query.toSteps(look, next);
  const other = query.toPath({ settled: !settled });
  return (
    <ListPage
      title={t("title")}
      note={t(settled ? "noteSettled" : "note")}
      actions={<ButtonLink href={other}>{t(settled ? "showWaiting" : "showSettled")}</ButtonLink>}
    >
      <ListRows
        isEmpty={items.length === 0}
        empty={{ title: t(settled ? "emptySettled" : "empty"), body: t("emptyBody") }}
        pager={{ label: t("pages"), shown: t("shown", { count: items.length }), ...steps }}
      >
        <ComplaintTable complaints={items} whyNot={notSettle} />
      </ListRows>
    </ListPage>
  );
}
