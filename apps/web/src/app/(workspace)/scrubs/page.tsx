import { ScrubId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ListPage, ListRows } from "@/components/list-page";
import { LoadingContent, Section } from "@/components/page-layout";
import { type ScrubNames, ScrubSubject, createNames } from "@/features/calling/scrub/words";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { createListQuery } from "@/server/list-query";
import type { ScrubView } from "@ringfence/services/calling/scrub";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { Count, ShareBar } from "@/components/numbers";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/format-time";
import { ScrubStatus } from "@/features/calling/scrub/progress";
import type { ScrubCounts } from "@ringfence/core/calling/scrub";
import { Upload } from "lucide-react";
import { Button, ButtonLink } from "@/components/buttons";

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
        <LoadingContent>
          <Scrubs trail={after} />
        </LoadingContent>
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

/** Table of scrubs with their results, or their progress while they run. */
function ScrubTable({ scrubs, named }: { scrubs: readonly ScrubView[]; named: ScrubNames }) {
  const t = useTranslations("scrubs");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const columns: [Column<ScrubView>, ...Column<ScrubView>[]] = [
    {
      key: "file",
      head: t("file"),
      cell: ({ id, fileName }) => <Link href={`/scrubs/${id}`}>{fileName}</Link>,
    },
    {
      key: "asked",
      head: t("about"),
      cell: (scrub) => <ScrubSubject scrub={scrub} named={named} />,
    },
    { key: "status", head: t("status"), cell: (scrub) => <ScrubStatus scrub={scrub} /> },
    {
      key: "rows",
      head: t("rows"),
      narrow: t("rows"),
      isFigure: true,
      cell: ({ rows }) => rows > 0 && <Count value={rows} />,
    },
    {
      key: "allowed",
      head: t("allowed"),
      narrow: t("allowed"),
      isFigure: true,
      cell: ({ counts }) => counts && <Count value={counts.allow} />,
    },
    {
      key: "share",
      head: <span className="pl-3">{t("share")}</span>,
      narrow: t("share"),
      cell: ({ counts }) => counts && <AllowedShare counts={counts} />,
    },
    {
      key: "refused",
      head: t("refused"),
      narrow: t("refused"),
      isFigure: true,
      cell: ({ counts }) => counts && <Count value={counts.refuse} />,
    },
    {
      key: "begun",
      head: t("begun", { zone }),
      narrow: t("begun", { zone }),
      isFigure: true,
      cell: ({ createdAt }) => <LocalTime instant={createdAt} precision="cell" />,
    },
  ];
  return (
    <Table isStack caption={t("caption")} columns={columns} rows={scrubs} rowKey={({ id }) => id} />
  );
}

/** Share of rows that may be called, as a bar and a percentage. */
function AllowedShare({ counts: { allow, refuse } }: { counts: ScrubCounts }) {
  const t = useTranslations("share");
  const rows = allow + refuse;
  const part = rows === 0 ? 0 : allow / rows;
  return (
    <span className="items-center gap-2.5 tabular-nums md:grid md:min-w-32 md:grid-cols-[minmax(3rem,1fr)_3.25rem] md:pl-3">
      <span className="hidden md:block">
        <ShareBar part={part} />
      </span>
      <span className="text-right">{t("percent", { percent: roundedPercent(part) })}</span>
    </span>
  );
}

const roundedPercent = (part: number) => Math.round(part * 1_000) / 10;

/** Link to a new scrub, or a disabled button with the reason. */
function ScreenFileLink({ whyNot }: { whyNot: string | undefined }) {
  const t = useTranslations("scrubs");
  return whyNot === undefined ? (
    <ButtonLink href="/scrubs/new" look="primary" icon={Upload}>
      {t("screenFile")}
    </ButtonLink>
  ) : (
    <Button whyNot={whyNot}>{t("screenFile")}</Button>
  );
}
