import { type CampaignResults, LEAST_REACHED } from "@ringfence/core/audience/campaign";
import { HOLD_OUT_PERCENT } from "@ringfence/core/audience/relevance";
import type { readResults } from "@ringfence/services/audience/campaign";
import { useFormatter, useTranslations } from "next-intl";
import { Table } from "@/components/table";
import { useResultColumns } from "./use-result-columns";

type Found = NonNullable<Awaited<ReturnType<typeof readResults>>["holdOut"]>;
type Row = CampaignResults & { group: "below" | "above" };

/** Whether the threshold prevents refusals: those it would have held back, beside those it lets be called. */
export function HoldOut({ holdOut }: { holdOut: Found }) {
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
          least: LEAST_REACHED,
          below: below.against.of,
          above: above.against.of,
        })}
      </p>
      <p className="max-w-[46rem] pt-1 pb-2.5 text-muted">
        {t("how", { percent: HOLD_OUT_PERCENT })}
      </p>
      <Table<Row>
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
