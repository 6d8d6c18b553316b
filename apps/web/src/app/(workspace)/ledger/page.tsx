import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ListPage, ListRows } from "@/components/list-page";
import { Suspense } from "react";
import { z } from "zod";
import { Section, Skeleton } from "@/components/page-layout";
import { env } from "@/env";
import { LagBanner, LedgerChecks, LedgerFacts } from "@/features/proof/ledger/ledger-facts";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";
import { createListQuery } from "@/server/list-query";
import { kindMessage } from "@ringfence/core/proof/ledger";
import { say } from "@ringfence/core/platform/message";
import type { StatementRow } from "@ringfence/services/proof/ledger";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { Badge } from "@/components/badge";
import { Count } from "@/components/numbers";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/format-time";

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

/** Table of statements on the ledger, each with its position and its proof. */
function StatementTable({ statements }: { statements: readonly StatementRow[] }) {
  const t = useTranslations("ledger");
  const locale = useLocale();
  const columns: [Column<StatementRow>, ...Column<StatementRow>[]] = [
    {
      key: "kind",
      head: t("kind"),
      cell: ({ kind }) => (
        <span className="inline-block first-letter:uppercase">
          {say(locale, kindMessage(kind))}
        </span>
      ),
    },
    ...usePlaceColumns(),
    {
      key: "proof",
      head: t("proof"),
      narrow: t("proof"),
      isFigure: true,
      cell: ({ id, kind }) => (
        <a
          href={`/api/proofs/${id}`}
          download
          aria-label={t("takeProof", { kind: say(locale, kindMessage(kind)) })}
        >
          {t("take")}
        </a>
      ),
    },
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={statements}
      rowKey={({ id }) => id}
    />
  );
}

/** Columns for the time of acceptance, the time of signing and the position. */
function usePlaceColumns(): Column<StatementRow>[] {
  const t = useTranslations("ledger");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  return [
    {
      key: "accepted",
      head: t("accepted", { zone }),
      narrow: t("accepted", { zone }),
      isFigure: true,
      cell: ({ acceptedAt }) => <LocalTime instant={acceptedAt} precision="cell" />,
    },
    {
      key: "index",
      head: t("index"),
      narrow: t("index"),
      isFigure: true,
      cell: ({ index }) => (index === null ? "" : <Count value={index} />),
    },
    {
      key: "signed",
      head: t("signed", { zone }),
      narrow: t("signed", { zone }),
      isFigure: true,
      cell: ({ signedAt }) =>
        signedAt === null ? (
          <Badge status="not-signed" />
        ) : (
          <LocalTime instant={signedAt} precision="cell" />
        ),
    },
  ];
}
