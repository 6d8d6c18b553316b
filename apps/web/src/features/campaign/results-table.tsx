import type { CampaignResults } from "@ringfence/core/campaign";
import { useTranslations } from "next-intl";
import { Count } from "@/components/count";
import { type Column, Table } from "@/components/table";
import { ShareTold } from "./share-told";

type ResultsTableProps = {
  /** Of this campaign, of all of its offer, and of all of its segment. */
  results: { own: CampaignResults; ofOffer: CampaignResults; ofSegment: CampaignResults };
};

const kinds = ["own", "ofOffer", "ofSegment"] as const;
const shares = ["reached", "accepted", "refused", "optedOut", "complained"] as const;

type Row = CampaignResults & { kind: (typeof kinds)[number] };

/** What came of calls, each person once. */
export function ResultsTable({ results }: ResultsTableProps) {
  const t = useTranslations("campaign");
  const columns: [Column<Row>, ...Column<Row>[]] = [
    { key: "kind", head: t("resultsOf"), cell: ({ kind }) => t(`results.${kind}`) },
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
      cell: (row: Row) => <ShareTold share={row[key]} />,
    })),
  ];
  return (
    <Table
      isStack
      caption={t("resultsCaption")}
      columns={columns}
      rows={kinds.map((kind) => ({ kind, ...results[kind] }))}
      rowKey={({ kind }) => kind}
    />
  );
}
