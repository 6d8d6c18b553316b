import { ScrubId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader, createSerializer } from "nuqs/server";
import { Suspense } from "react";
import { Empty, PageHead, Section, Skeleton } from "@/components/page-layout";
import { Pager, parseAsTrail, toPagerLinks } from "@/components/pager";
import { createNames } from "@/features/calling/scrub/words";
import { ScreenFileLink, ScrubTable } from "@/features/calling/scrub/list/table";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

const query = { after: parseAsTrail };
const load = createLoader(query);
const toHref = createSerializer(query);

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("scrubs");
  return { title: t("title") };
}

export default async function ScrubsPage({ searchParams }: PageProps<"/scrubs">) {
  const member = await requireMember("scrub.read");
  const { after } = await load(searchParams);
  const [t, refusal] = await Promise.all([getTranslations("scrubs"), whyNot(member, "scrub.run")]);
  return (
    <>
      <PageHead title={t("title")} note={t("note")}>
        <ScreenFileLink whyNot={refusal} />
      </PageHead>
      <Section title={t("all")} aside={<a href="/api/scrubs.csv">{t("csv")}</a>}>
        <Suspense fallback={<Skeleton label={t("reading")} />}>
          <Scrubs trail={after} />
        </Suspense>
      </Section>
    </>
  );
}

async function Scrubs({ trail }: { trail: readonly string[] }) {
  const [t, { scrubs, next }, sellers, purposes] = await Promise.all([
    getTranslations("scrubs"),
    api.scrub.list({ after: ScrubId.safeParse(trail.at(-1)).data }),
    api.seller.list(),
    api.purpose.list(),
  ]);
  const steps = toPagerLinks(trail, next, (after) => toHref("/scrubs", { after }));
  if (scrubs.length === 0) return <Empty title={t("empty")}>{t("emptyBody")}</Empty>;
  return (
    <>
      <ScrubTable scrubs={scrubs} named={createNames(sellers, purposes)} />
      <Pager label={t("pages")} shown={t("shown", { count: scrubs.length })} {...steps} />
    </>
  );
}
