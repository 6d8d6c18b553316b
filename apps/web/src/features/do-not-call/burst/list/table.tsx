import type { BurstView } from "@ringfence/services/do-not-call/burst";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Count } from "@/components/count";
import { LocalTime } from "@/components/local-time";
import { Table } from "@/components/table";
import { safePath } from "@/server/safe-path";
import { burstPath } from "../paths";
import { BurstState } from "../state";

/** Lists bursts of refusals, newest first. */
export function BurstTable({ bursts }: { bursts: readonly BurstView[] }) {
  const t = useTranslations("bursts");
  return (
    <Table
      isStack
      caption={t("caption")}
      rows={bursts}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "when",
          head: t("when"),
          cell: ({ id, firstAt }) => (
            <Link href={safePath(burstPath(id))}>
              <LocalTime instant={firstAt} />
            </Link>
          ),
        },
        {
          key: "from",
          head: t("from"),
          narrow: t("from"),
          cell: ({ addresses }) => t(`addresses.${addresses}`),
        },
        {
          key: "refusals",
          head: t("refusals"),
          narrow: t("refusals"),
          isFigure: true,
          cell: ({ refusals }) => <Count value={refusals} />,
        },
        {
          key: "proof",
          head: t("withProof"),
          narrow: t("withProof"),
          isFigure: true,
          cell: ({ withProof }) => <Count value={withProof} />,
        },
        {
          key: "state",
          head: t("state"),
          narrow: t("state"),
          cell: (burst) => <BurstState burst={burst} />,
        },
      ]}
    />
  );
}
