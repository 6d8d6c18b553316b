import { ComplaintId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/buttons";
import { Empty, PageHead } from "@/components/page-layout";
import { Pager, parseAsTrail, toPagerLinks } from "@/components/pager";
import { ComplaintTable } from "@/features/desk/complaint/complaint-table";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { safePath } from "@/server/safe-path";
import { createLoader, createSerializer, parseAsBoolean } from "nuqs/server";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("complaints");
  return { title: t("title") };
}

export default async function ComplaintsPage({ searchParams }: PageProps<"/complaints">) {
  const member = await requireMember("complaint.read");
  const { settled, after } = await loadComplaintQuery(searchParams);
  const [t, { items, next }, notSettle] = await Promise.all([
    getTranslations("complaints"),
    api.complaint.list({
      isSettled: settled,
      after: ComplaintId.safeParse(after.at(-1)).data,
    }),
    whyNot(member, "complaint.settle"),
  ]);
  const steps = toPagerLinks(after, next, (trail) => complaintsPath({ settled, after: trail }));
  const other = safePath(complaintsPath({ settled: !settled, after: [] }));
  return (
    <>
      <PageHead title={t("title")} note={t(settled ? "noteSettled" : "note")}>
        <ButtonLink href={other}>{t(settled ? "showWaiting" : "showSettled")}</ButtonLink>
      </PageHead>
      {items.length === 0 ? (
        <Empty title={t(settled ? "emptySettled" : "empty")}>{t("emptyBody")}</Empty>
      ) : (
        <>
          <ComplaintTable complaints={items} whyNot={notSettle} />
          <Pager label={t("pages")} shown={t("shown", { count: items.length })} {...steps} />
        </>
      )}
    </>
  );
}

const query = { settled: parseAsBoolean.withDefault(false), after: parseAsTrail };

/** Loads the state of the complaints page from its address. */
const loadComplaintQuery = createLoader(query);

const serialize = createSerializer(query);
const complaintsPath = (state: { settled: boolean; after: string[] }) =>
  serialize("/complaints", state);
