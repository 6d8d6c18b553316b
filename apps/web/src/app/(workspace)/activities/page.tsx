import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { describeActivity } from "@ringfence/core/audience/segment";
import type {
  ActivitySubmission,
  Arrival,
  DayActivities,
} from "@ringfence/services/people/activity";
import { useFormatter, useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import type { ActivityType } from "@ringfence/core/people/activity";
import { ListPage } from "@/components/list-page";
import { Empty, LoadingContent, Section } from "@/components/page-layout";
import { GuardedLink } from "@/components/buttons";
import { DefineType } from "@/features/people/activity/define-type";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { BarChart } from "@/components/charts/charts";
import { LocalTime } from "@/components/dates";
import { PersonLink } from "@/components/people";
import { type Column, Table } from "@/components/table";
import { formatShortDay, zoneLabel } from "@/i18n/format-time";
import { Count } from "@/components/numbers";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("activities");
  return { title: t("title") };
}

export default async function ActivitiesPage() {
  const member = await requireMember("activity.read");
  const [t, notDefine, notImport] = await Promise.all([
    getTranslations("activities"),
    whyNot(member, "activity-type.change"),
    whyNot(member, "import.run"),
  ]);
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={
        <GuardedLink href="/imports/new" whyNot={notImport}>
          {t("import")}
        </GuardedLink>
      }
    >
      <LoadingContent>
        <Activities whyNotDefine={notDefine} />
      </LoadingContent>
    </ListPage>
  );
}

async function Activities({ whyNotDefine }: { whyNotDefine: string | undefined }) {
  const [t, { types, days, arrivals, sent }] = await Promise.all([
    getTranslations("activities"),
    api.activity.read(),
  ]);
  return (
    <>
      <ByDay days={days} />
      <ArrivalTable arrivals={arrivals} />
      <RefusedTable sent={sent} />
      <Section title={t("types")} aside={t("typesAside")}>
        <ActivityTypes types={types} />
        <DefineType whyNot={whyNotDefine} />
      </Section>
    </>
  );
}

/** Types with a style of their own. All others share one. */
const looks = [1, 2, 3, 4, 5] as const;
const OTHERS = "others";

/** Chart of recent activities by day and type. */
function ByDay({ days }: { days: readonly DayActivities[] }) {
  const t = useTranslations("activities");
  const locale = useLocale();
  const all = days.flatMap(({ counts }) => counts);
  const sums = [...Map.groupBy(all, ({ type }) => type)]
    .map(([type, counts]) => ({ type, sum: counts.reduce((sum, { count }) => sum + count, 0) }))
    .toSorted((one, other) => other.sum - one.sum);
  const named = sums.slice(0, looks.length).map(({ type }) => type);
  const hasOthers = sums.length > named.length;
  const series = named.map((type, index) => ({
    key: type,
    name: describeActivity(locale, { type }),
    look: looks[index] ?? 1,
  }));
  return (
    <Section title={t("byDay")}>
      {sums.length === 0 ? (
        <Empty title={t("noneLately")}>{t("noneBody")}</Empty>
      ) : (
        <BarChart
          title={t("byDayChart")}
          sentence={t("byDaySentence", { count: sums.reduce((all, { sum }) => all + sum, 0) })}
          rowHead={t("day")}
          series={hasOthers ? [...series, { key: OTHERS, name: t("others"), look: 6 }] : series}
          rows={days.map(({ day, counts }) => ({
            label: formatShortDay(locale, "UTC", new Date(day)),
            values: toValues(counts, named),
          }))}
        />
      )}
    </Section>
  );
}

function toValues(counts: DayActivities["counts"], named: readonly string[]) {
  const values: Record<string, number> = {};
  for (const { type, count } of counts) {
    const key = named.includes(type) ? type : OTHERS;
    values[key] = (values[key] ?? 0) + count;
  }
  return values;
}

/** Table of the latest activities. */
function ArrivalTable({ arrivals }: { arrivals: readonly Arrival[] }) {
  const t = useTranslations("activities");
  const columns = useColumns();
  return (
    <Section title={t("arrivals")} aside={t("arrivalsAside")}>
      {arrivals.length === 0 ? (
        <Empty title={t("noneLately")}>{t("noneBody")}</Empty>
      ) : (
        <Table
          isStack
          caption={t("arrivalsCaption")}
          columns={columns}
          rows={arrivals.map((arrival, index) => ({ ...arrival, place: String(index) }))}
          rowKey={({ place }) => place}
        />
      )}
    </Section>
  );
}

type Row = Arrival & { place: string };

function useColumns(): [Column<Row>, ...Column<Row>[]] {
  const t = useTranslations("activities");
  const locale = useLocale();
  const format = useFormatter();
  const zone = zoneLabel(locale, useTimeZone() ?? "UTC", useNow());
  return [
    {
      key: "person",
      head: t("person"),
      cell: (arrival) => <PersonLink href={`/contacts/${arrival.contactId}`} person={arrival} />,
    },
    { key: "type", head: t("type"), cell: ({ type }) => describeActivity(locale, { type }) },
    { key: "category", head: t("category"), cell: ({ category }) => category },
    {
      key: "amount",
      head: t("amount"),
      narrow: t("amount"),
      isFigure: true,
      cell: ({ amount }) =>
        amount !== null && format.number(amount / 100, { minimumFractionDigits: 2 }),
    },
    {
      key: "at",
      head: t("happened", { zone }),
      narrow: t("happened", { zone }),
      isFigure: true,
      cell: ({ at }) => <LocalTime instant={at} precision="cell" />,
    },
    {
      key: "recordedAt",
      head: t("came", { zone }),
      narrow: t("came", { zone }),
      isFigure: true,
      cell: ({ recordedAt }) => <LocalTime instant={recordedAt} precision="cell" />,
    },
  ];
}

/** Table of submissions with rejected rows, by field. */
function RefusedTable({ sent }: { sent: readonly ActivitySubmission[] }) {
  const t = useTranslations("activities");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const columns: [Column<ActivitySubmission>, ...Column<ActivitySubmission>[]] = [
    {
      key: "at",
      head: t("came", { zone }),
      cell: ({ at }) => <LocalTime instant={at} precision="cell" />,
    },
    {
      key: "rejected",
      head: t("rejected"),
      narrow: t("rejected"),
      isFigure: true,
      cell: ({ rejected }) => <Count value={rejected} />,
    },
    {
      key: "accepted",
      head: t("accepted"),
      narrow: t("accepted"),
      isFigure: true,
      cell: ({ accepted }) => <Count value={accepted} />,
    },
    { key: "refused", head: t("byField"), narrow: t("byField"), cell: ({ refused }) => refused },
  ];
  return (
    <Section title={t("refused")}>
      {sent.length > 0 && (
        <Table
          isStack
          caption={t("refusedCaption")}
          columns={columns}
          rows={sent}
          rowKey={({ at }) => at.toISOString()}
        />
      )}
      <p className="pt-2.5 text-sm text-muted">
        {sent.length === 0 && <>{t("noneRefused")} </>}
        {t.rich("refusedFoot", { a: (words) => <Link href="/imports">{words}</Link> })}
      </p>
    </Section>
  );
}

/** Name of an activity type, and the word that senders use for it. */
function ActivityTypeName({ type }: { type: string }) {
  const name = describeActivity(useLocale(), { type });
  return (
    <>
      {name}
      {name !== type && <code className="block font-normal text-muted">{type}</code>}
    </>
  );
}

/** Table of activity types and their properties. */
function ActivityTypes({ types }: { types: readonly ActivityType[] }) {
  const t = useTranslations("activities");
  const columns: [Column<ActivityType>, ...Column<ActivityType>[]] = [
    { key: "key", head: t("type"), cell: ({ key }) => <ActivityTypeName type={key} /> },
    {
      key: "properties",
      head: t("properties"),
      narrow: "full",
      cell: ({ properties }) => (
        <ul className="flex flex-wrap gap-x-4">
          {Object.entries(properties).map(([name, type]) => (
            <li key={name}>
              <code>{name}</code> <span className="text-muted">{t(`holds.${type}`)}</span>
            </li>
          ))}
        </ul>
      ),
    },
  ];
  return (
    <Table isStack caption={t("types")} columns={columns} rows={types} rowKey={({ key }) => key} />
  );
}
