import { type CampaignResults, MIN_REACHED } from "@ringfence/core/audience/campaign";
import type { readResults } from "@ringfence/services/audience/campaign";
import { useFormatter, useTranslations } from "next-intl";
import { type EstimatedShare, CONTROL_GROUP_PERCENT } from "@ringfence/core/audience/relevance";
import type { CampaignId } from "@ringfence/core/ids";
import { type Column, Table } from "@/components/table";
import { Count } from "@/components/numbers";
import { ReasonedDownload } from "@/components/dialogs";

type Results = Awaited<ReturnType<typeof readResults>>;
type Row = CampaignResults & { name: string };

/**
 * Table of call results, each person counted once: for this campaign, for each of its offers, and for its
 * segment.
 */
export function ResultsTable({ results }: { results: Results }) {
  const t = useTranslations("campaign");
  const columns = useResultColumns();
  return (
    <Table<Row>
      isStack
      caption={t("resultsCaption")}
      columns={[{ key: "name", head: t("resultsOf"), cell: ({ name }) => name }, ...columns]}
      rows={toRows(t, results)}
      rowKey={({ name }) => name}
    />
  );
}

function toRows(
  t: ReturnType<typeof useTranslations<"campaign">>,
  { own, offers, ofSegment }: Results,
): Row[] {
  const isOne = offers.length === 1;
  return [
    { name: t("results.own"), ...own },
    ...offers.flatMap(({ name, own, all }) => [
      ...(isOne ? [] : [{ name: t("results.ownOffer", { name }), ...own }]),
      { name: isOne ? t("results.ofOffer") : t("results.allOffer", { name }), ...all },
    ]),
    { name: t("results.ofSegment"), ...ofSegment },
  ];
}

type HoldOutComparison = NonNullable<Awaited<ReturnType<typeof readResults>>["holdOut"]>;
type GroupRow = CampaignResults & { group: "below" | "above" };

/**
 * Shows whether the threshold prevents refusals, opt-outs and complaints, by comparing people above it with those below
 * who were called anyway: the control group.
 */
export function HoldOut({ holdOut }: { holdOut: HoldOutComparison }) {
  const t = useTranslations("campaign.holdOut");
  const format = useFormatter();
  const columns = useResultColumns();
  const { below, above, effect, more } = holdOut;
  const points = (share: number) => format.number(share * 100, { maximumFractionDigits: 0 });
  return (
    <>
      <p className="max-w-[46rem] pt-2.5 font-medium">
        {t(`effects.${effect}`, {
          low: points(Math.abs(effect === "misleads" ? more.high : more.low)),
          high: points(Math.abs(effect === "misleads" ? more.low : more.high)),
          least: MIN_REACHED,
          below: below.against.of,
          above: above.against.of,
        })}
      </p>
      <p className="max-w-[46rem] pt-1 pb-2.5 text-muted">
        {t("how", { percent: CONTROL_GROUP_PERCENT })}
      </p>
      <Table<GroupRow>
        isStack
        caption={t("caption")}
        columns={[
          { key: "group", head: t("group"), cell: ({ group }) => t(`groups.${group}`) },
          ...columns,
        ]}
        rows={[
          { group: "below", ...below },
          { group: "above", ...above },
        ]}
        rowKey={({ group }) => group}
      />
    </>
  );
}

const shares = ["reached", "accepted", "refused", "optedOut", "complained"] as const;

/** Columns with the number of people called and the share of each outcome with its interval. */
function useResultColumns(): Column<CampaignResults>[] {
  const t = useTranslations("campaign");
  return [
    {
      key: "called",
      head: t("called"),
      narrow: t("called"),
      isFigure: true,
      cell: ({ called, phones }) => (
        <>
          <Count value={called} />
          {phones > called && (
            <span className="whitespace-nowrap text-muted">
              {" "}
              {t("onPhones", { count: phones })}
            </span>
          )}
        </>
      ),
    },
    ...shares.map((key) => ({
      key,
      head: t(`shares.${key}`),
      narrow: t(`shares.${key}`),
      cell: (row: CampaignResults) => <ShareText share={row[key]} />,
    })),
  ];
}

type DownloadCallsProps = {
  campaignId: CampaignId;
  /** API request with which the dialer reads the calls. */
  request: string;
  whyNot: string | undefined;
};

/** Shows how a dialer gets the calls: by the API, or as a file, for a reason that goes on record. */
export function DownloadCalls({ campaignId, request, whyNot }: DownloadCallsProps) {
  const t = useTranslations("campaign");
  return (
    <div className="grid grid-cols-1 gap-3 pt-3">
      <p className="max-w-[46rem]">{t("byApi")}</p>
      <p>
        <span className="font-mono text-sm break-all">{request}</span>
      </p>
      <p className="max-w-[46rem]">{t("byFile")}</p>
      <div>
        <ReasonedDownload
          action={`/api/campaigns/${campaignId}/calls.csv`}
          words={{
            open: t("file"),
            title: t("fileTitle"),
            body: t("fileBody"),
            reason: t("fileReason"),
            reasonHint: t("fileReasonHint"),
          }}
          whyNot={whyNot}
        />
      </div>
    </div>
  );
}

/** Shows a count, its share, and the confidence interval of the share. */
export function ShareText({ share: { count, of, low, high } }: { share: EstimatedShare }) {
  const t = useTranslations("campaign");
  const format = useFormatter();
  const percent = (part: number) =>
    format.number(part, { style: "percent", maximumFractionDigits: 1 });
  if (of === 0) return t("nobody");
  return (
    <>
      {t("share", { count, of, percent: percent(count / of) })}{" "}
      <span className="whitespace-nowrap text-muted">
        {t("interval", { low: percent(low), high: percent(high) })}
      </span>
    </>
  );
}
