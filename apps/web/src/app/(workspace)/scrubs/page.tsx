import { ScrubId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ListPage, ListRows } from "@/components/list-page";
import { Reading, Section } from "@/components/page-layout";
import { createNames } from "@/features/calling/scrub/words";
import { ScreenFileLink, ScrubTable } from "@/features/calling/scrub/list/table";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { createListQuery } from "@/server/list-query";

const query = createListQuery("/scrubs", {});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("scrubs");
  return { title: t("title") };
}

export default async function ScrubsPage({ searchParams }: PageProps<"/scrubs">) {
  const member = await requireMember("scrub.read");
  const { after } = await query.load(searchParams);
  const [t, refusal] = await Promise.all([getTranslations("scrubs"), whyNot(member, "scrub.run")]);
  return (
    <ListPage title={t("title")} note={t("note")} actions={<ScreenFileLink whyNot={refusal} />}>
      <Section title={t("all")} aside={<a href="/api/scrubs.csv">{t("csv")}</a>}>
        <Reading>
          <Scrubs trail={after} />
        </Reading>
      </Section>
    </ListPage>
  );
}

async function Scrubs({ trail }: { trail: readonly string[] }) {
  const [t, { scrubs, next }, sellers, purposes] = await Promise.all([
    getTranslations("scrubs"),
    api.scrub.list({ after: ScrubId.safeParse(trail.at(-1)).data }),
    api.seller.list(),
    api.purpose.list(),
  ]);
  const steps = query.toSteps({ filters: {}, after: trail }, next);
  return (
    <ListRows
      isEmpty={scrubs.length === 0}
      empty={{ title: t("empty"), body: t("emptyBody") }}
      pager={{ label: t("pages"), shown: t("shown", { count: scrubs.length }), ...steps }}
    >
      <ScrubTable scrubs={scrubs} named={createNames(sellers, purposes)} />
    </ListRows>
  );
}
