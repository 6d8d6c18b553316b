import { CallId } from "@ringfence/core/ids";
import type { CallItem } from "@ringfence/services/calling/call";
import type { Metadata } from "next";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { LocalTime } from "@/components/dates";
import { useDialerName } from "@/components/dialer-name";
import { ExportList } from "@/components/export-list";
import { ListPage } from "@/components/list-page";
import { RecordedPhone } from "@/components/people";
import { type Column, Table } from "@/components/table";
import { SpanList } from "@/features/calling/span-list";
import { zoneLabel } from "@/i18n/format-time";
import { api } from "@/server/caller";
import { SavedViews } from "@/features/desk/saved-view/saved-views";
import { requireMember } from "@/server/current-member";
import { isAnyChosen } from "@/server/list-query";
import { callsQuery as query } from "@/server/lists/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("callList");
  return { title: t("title") };
}

export default async function CallsPage({ searchParams }: PageProps<"/calls">) {
  await requireMember("call.read");
  const look = await query.load(searchParams);
  const { campaign, dialer, from, until } = look.filters;
  const [t, { items, since, next }] = await Promise.all([
    getTranslations("callList"),
    api.calls.list({
      campaign: campaign ?? undefined,
      dialer: dialer ?? undefined,
      from: from ?? undefined,
      until: until ?? undefined,
      after: CallId.safeParse(look.after.at(-1)).data,
    }),
  ]);
  const isFiltered = isAnyChosen(look.filters);
  return (
    <ListPage title={t("title")} note={t("note")}>
      <SpanList
        label={t("filters")}
        span={{ since, until }}
        isFiltered={isFiltered}
        file={<ExportList action={query.toFile(look.filters)} />}
        filters={<SavedViews list="calls" filters={query.write(look.filters)} />}
        limits={isFiltered && <Limits campaign={campaign} dialer={dialer} />}
        isEmpty={items.length === 0}
        empty={{ title: t("empty"), body: t("emptyBody") }}
        nothingFound={{ title: t("nothingFound"), body: t("nothingFoundBody") }}
        pager={{
          label: t("pages"),
          shown: t("shown", { count: items.length }),
          ...query.toSteps(look, next),
        }}
      >
        <CallTable calls={items} />
      </SpanList>
    </ListPage>
  );
}

type LimitsProps = { campaign: string | null; dialer: string | null };

/** Says which campaign and kind of dialer the list is limited to, and leads to all calls. */
function Limits({ campaign, dialer }: LimitsProps) {
  const t = useTranslations("callList");
  const filters = useTranslations("filters");
  const dialerName = useDialerName();
  return (
    <>
      {campaign !== null && t("ofCampaign", { campaign: campaign || t("unnamed") })}{" "}
      {dialer !== null && t("byDialer", { dialer: dialerName(dialer) })}{" "}
      <Link href="/calls">{filters("showAll")}</Link>
    </>
  );
}

function CallTable({ calls }: { calls: readonly CallItem[] }) {
  const t = useTranslations("callList");
  const dialerName = useDialerName();
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const columns: [Column<CallItem>, ...Column<CallItem>[]] = [
    {
      key: "at",
      head: t("at", { zone }),
      cell: ({ at }) => <LocalTime instant={at} precision="cell" />,
    },
    {
      key: "whom",
      head: t("whom"),
      narrow: t("whom"),
      cell: (row) => <RecordedPhone {...row} />,
    },
    {
      key: "campaign",
      head: t("campaign"),
      narrow: t("campaign"),
      cell: ({ seller, campaign, dialer }) => (
        <>
          {campaign ?? t("unnamed")}
          <span className="block text-muted">
            {seller}, {dialerName(dialer ?? "")}
          </span>
        </>
      ),
    },
    {
      key: "outcome",
      head: t("outcome"),
      narrow: t("outcome"),
      cell: ({ outcome, seconds }) => (
        <>
          {outcome ?? t("noOutcome")}
          {seconds !== null && (
            <span className="block text-muted">{t("seconds", { seconds })}</span>
          )}
        </>
      ),
    },
    {
      key: "check",
      head: t("check"),
      narrow: t("check"),
      cell: ({ screeningId, violationId }) => (
        <span className="grid">
          {screeningId === null ? (
            t("notScreened")
          ) : (
            <Link href={`/screenings/${screeningId}`} prefetch={false}>
              {t("screening")}
            </Link>
          )}
          {violationId !== null && (
            <Link href={`/violations/${violationId}`} prefetch={false} className="text-refuse">
              {t("violation")}
            </Link>
          )}
        </span>
      ),
    },
  ];
  return (
    <Table isStack caption={t("caption")} columns={columns} rows={calls} rowKey={({ id }) => id} />
  );
}
