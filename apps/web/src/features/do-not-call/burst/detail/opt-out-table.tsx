import type { BurstOptOutView } from "@ringfence/services/do-not-call/burst";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { LocalTime } from "@/components/dates";
import { PhoneLink } from "@/components/people";
import { MessageText } from "@/components/message-text";
import { Table } from "@/components/table";

/** Lists the refusals that a burst put on record, and says which of them cannot be lifted. */
export function BurstOptOutTable({ optOuts }: { optOuts: readonly BurstOptOutView[] }) {
  const t = useTranslations("bursts");
  return (
    <Table
      isStack
      caption={t("listCaption")}
      rows={optOuts}
      rowKey={({ optOutId }) => optOutId}
      columns={[
        {
          key: "phone",
          head: t("phone"),
          cell: ({ phoneId, phone }) =>
            phone === null ? t("erased") : <PhoneLink phoneId={phoneId} phone={phone} />,
        },
        {
          key: "reference",
          head: t("reference"),
          narrow: t("reference"),
          cell: ({ optOutId, reference }) => (
            <Link href={`/opt-outs/${optOutId}`} prefetch={false}>
              {reference}
            </Link>
          ),
        },
        {
          key: "received",
          head: t("received"),
          narrow: t("received"),
          cell: ({ receivedAt }) => <LocalTime instant={receivedAt} />,
        },
        {
          key: "proof",
          head: t("proof"),
          narrow: t("proof"),
          cell: ({ hasProof }) => t(hasProof ? "proofYes" : "proofNo"),
        },
        {
          key: "stays",
          head: t("stays"),
          narrow: "full",
          cell: ({ stayReason }) =>
            stayReason === null ? (
              <span className="text-muted">{t("canBeLifted")}</span>
            ) : (
              <MessageText message={stayReason} />
            ),
        },
      ]}
    />
  );
}
