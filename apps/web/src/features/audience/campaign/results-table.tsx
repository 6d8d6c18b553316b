import type { CampaignResults } from "@ringfence/core/audience/campaign";
import type { readResults } from "@ringfence/services/audience/campaign";
import { useTranslations } from "next-intl";
import { Table } from "@/components/table";
import { useResultColumns } from "./use-result-columns";

type Results = Awaited<ReturnType<typeof readResults>>;
type Row = CampaignResults & { name: string };

/** What came of calls, each person once: of this campaign, of each of its offers, of its segment. */
export function ResultsTable({ results }: { results: Results }) {
  const t = useTranslations("campaign");
  const columns = useResultColumns();
  return (
    <Table<Row>
      isStack
      caption={t("resultsCaption")}
      columns={[{ key: "name", head: t("resultsOf"), cell: ({ name }) => name }, ...columns]}
      rows={rowsOf(t, results)}
      rowKey={({ name }) => name}
    />
  );
}

function rowsOf(
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
