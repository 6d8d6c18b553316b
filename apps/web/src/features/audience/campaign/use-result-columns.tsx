import type { CampaignResults } from "@ringfence/core/audience/campaign";
import { useTranslations } from "next-intl";
import { Count } from "@/components/count";
import type { Column } from "@/components/table";
import { ShareTold } from "./share-told";

const shares = ["reached", "accepted", "refused", "optedOut", "complained"] as const;

/** How many were called, and what came of that, each share with its interval. */
export function useResultColumns(): Column<CampaignResults>[] {
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
      cell: (row: CampaignResults) => <ShareTold share={row[key]} />,
    })),
  ];
}
