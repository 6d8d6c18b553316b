import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ListPage, ListRows } from "@/components/list-page";
import { Suspense } from "react";
import { z } from "zod";
import { Section, Skeleton } from "@/components/page-layout";
import { env } from "@/env";
import { LagBanner, LedgerChecks, LedgerFacts } from "@/features/proof/ledger/ledger-facts";
import { StatementTable } from "@/features/proof/ledger/statement-table";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";
import { createListQuery } from "@/server/list-query";

const query = createListQuery("/ledger", {});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ledger");
  return { title: t("title") };
}

export default async function LedgerPage({ searchParams }: PageProps<"/ledger">) {
  await requireMember("proof.read");
  const { after } = await query.load(searchParams);
  const t = await getTranslations("ledger");
  return (
    <ListPage title={t("title")} note={t("note")}>
      <Suspense fallback={<Skeleton label={t("reading")} />}>
        <Standing />
      </Suspense>
      <Section title={t("latest")} aside={<a href="/api/statements.csv">{t("csv")}</a>}>
        <Suspense fallback={<Skeleton label={t("readingStatements")} />}>
          <Statements trail={after} />
        </Suspense>
      </Section>
    </ListPage>
  );
}

async function Standing() {
  const [t, ledger] = [await getTranslations("ledger"), await api.ledger.read()];
  return (
    <>
      <LagBanner lag={ledger.lag} />
      <Section title={t("standing")}>
        <LedgerFacts ledger={ledger} />
      </Section>
      <LedgerChecks apiUrl={env().API_URL} />
    </>
  );
}

async function Statements({ trail }: { trail: readonly string[] }) {
  const [t, { statements, next }] = await Promise.all([
    getTranslations("ledger"),
    api.ledger.statements({ after: z.guid().safeParse(trail.at(-1)).data }),
  ]);
  const steps = query.toSteps({ filters: {}, after: trail }, next);
  return (
    <ListRows
      isEmpty={statements.length === 0}
      empty={{ title: t("empty"), body: t("emptyBody") }}
      pager={{ label: t("pages"), shown: t("shown", { count: statements.length }), ...steps }}
    >
      <StatementTable statements={statements} />
    </ListRows>
  );
}
