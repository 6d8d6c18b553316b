import type { PreviewCounts, PreviewRow } from "@ringfence/core/audience/law-preview";
import type { LawPreviewView } from "@ringfence/services/audience/law-preview";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { BarRows } from "@/components/charts/bar-rows";
import { LocalTime } from "@/components/dates";
import { type Fact, Facts, Section } from "@/components/page-layout";
import { RunFailed } from "@/components/progress";
import { Table } from "@/components/table";
import { formatDate } from "@/i18n/format-time";
import { safePath } from "@/server/safe-path";
import { PreviewProgress } from "./make-preview";

type PreviewProps = {
  preview: LawPreviewView;
  /** True if it judges under a draft of a policy. */
  isOfDraft?: boolean;
};

/** Shows a preview: its progress while it runs, and its result. */
export function Preview({ preview: { span, run, result }, isOfDraft = false }: PreviewProps) {
  const t = useTranslations("lawPreview");
  const locale = useLocale();
  const isOpen = run.status === "queued" || run.status === "running";
  return (
    <Section
      title={t("title", { span })}
      aside={
        result &&
        t.rich(isOfDraft ? "madeAtOfDraft" : "madeAt", {
          time: () => <LocalTime instant={result.at} />,
          day: formatDate(locale, result.comparedWith),
        })
      }
    >
      {isOpen && <PreviewProgress run={run} />}
      {run.status === "failed" && (
        <RunFailed title={t("failed")} error={run.error}>
          {t("failedBody")}
        </RunFailed>
      )}
      {result && <Result result={result} />}
    </Section>
  );
}

type ResultProps = { result: NonNullable<LawPreviewView["result"]> };

function Result({ result }: ResultProps) {
  const t = useTranslations("lawPreview");
  const { calls, campaigns, campaignsLeftOut, names, rows, hasMore } = result;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 pt-2">
      <Counts name={t("calls")} counts={calls}>
        {calls.found > calls.judged + calls.unknown
          ? t("newestOnly", { judged: calls.judged, found: calls.found })
          : t("callsJudged", { judged: calls.judged })}{" "}
        {calls.unknown > 0 && t("unknown", { count: calls.unknown })}
      </Counts>
      {campaigns.length === 0 && <p className="text-muted">{t("noCampaign")}</p>}
      {campaigns.map((campaign) => (
        <Counts
          key={campaign.campaignId}
          name={t("campaign", { name: names[campaign.campaignId] ?? "" })}
          counts={campaign}
        >
          {t("people", { judged: campaign.judged, people: campaign.people })} {t("atAnyHour")}
        </Counts>
      ))}
      {campaignsLeftOut > 0 && <p>{t("leftOut", { count: campaignsLeftOut })}</p>}
      {rows.length > 0 && <Differences rows={rows} hasMore={hasMore} names={names} />}
    </div>
  );
}

type CountsProps = { name: string; counts: PreviewCounts; children: React.ReactNode };

/** Shows counts of calls or people, as judged now and by what is previewed, and the reasons whose counts differ. */
function Counts({ name, counts, children }: CountsProps) {
  const t = useTranslations("lawPreview");
  const reasons = useTranslations("reasons");
  const moved = counts.reasons.filter(({ before, after }) => before !== after);
  const facts: Fact[] = [
    { name: t("newlyRefused"), value: counts.newlyRefused },
    { name: t("newlyAllowed"), value: counts.newlyAllowed },
    {
      name: t("refused"),
      value: t("change", { before: counts.refusedBefore, after: counts.refusedAfter }),
    },
  ];
  return (
    <div>
      <h3 className="text-base font-semibold">{name}</h3>
      <p className="text-sm text-muted">{children}</p>
      <Facts facts={facts} />
      {moved.length > 0 && (
        <BarRows
          title={t("byReason", { name })}
          rows={moved}
          rowKey={({ reason }) => reason}
          label={({ reason }) => reasons(`${reason}.name`)}
          text={({ before, after }) => t("change", { before, after })}
          series={[
            { key: "more", name: t("moreRefused"), look: "refused" },
            { key: "less", name: t("lessRefused"), look: "allowed" },
          ]}
          sizes={({ before, after }) => ({
            more: Math.max(0, after - before),
            less: Math.max(0, before - after),
          })}
          columns={[
            {
              key: "reason",
              head: t("reasons"),
              cell: ({ reason }) => reasons(`${reason}.name`),
            },
            { key: "before", head: t("now"), cell: ({ before }) => before },
            { key: "after", head: t("then"), cell: ({ after }) => after },
          ]}
        />
      )}
    </div>
  );
}

type DifferencesProps = {
  rows: readonly PreviewRow[];
  hasMore: boolean;
  names: ResultProps["result"]["names"];
};

/** Lists the calls and people with a different result. Opening one is recorded, as always. */
function Differences({ rows, hasMore, names }: DifferencesProps) {
  const t = useTranslations("lawPreview");
  const reasons = useTranslations("reasons");
  return (
    <details>
      <summary>{t("list", { count: rows.length })}</summary>
      <Table
        caption={t("listCaption")}
        rows={rows}
        rowKey={({ screeningId, campaignId, contactId }) =>
          screeningId ?? `${campaignId} ${contactId}`
        }
        columns={[
          {
            key: "what",
            head: t("what"),
            cell: ({ screeningId, contactId, campaignId }) =>
              screeningId === null ? (
                <Link href={safePath(`/contacts/${contactId}`)}>
                  {t("person", { name: (campaignId && names[campaignId]) ?? "" })}
                </Link>
              ) : (
                <Link href={safePath(`/screenings/${screeningId}`)}>{t("call")}</Link>
              ),
          },
          {
            key: "change",
            head: t("verdict"),
            cell: ({ isRefused }) => t(isRefused ? "becomesRefused" : "becomesAllowed"),
          },
          {
            key: "reasons",
            head: t("reasons"),
            cell: (row) =>
              row.reasons
                .map(({ reason, rule }) =>
                  rule === null
                    ? reasons(`${reason}.name`)
                    : t("reason", { reason: reasons(`${reason}.name`), rule }),
                )
                .join("; "),
          },
        ]}
      />
      {hasMore && <p className="pt-2 text-sm text-muted">{t("more")}</p>}
    </details>
  );
}
