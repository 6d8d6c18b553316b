import type { BurstView } from "@ringfence/services/do-not-call/burst";
import { useTranslations } from "next-intl";
import { Count } from "@/components/count";
import { Facts } from "@/components/facts";
import { LocalTime } from "@/components/local-time";
import { BurstState } from "../state";

/** Shows when the refusals of a burst arrived, how many, from where, and what was decided. */
export function BurstFacts({ burst }: { burst: BurstView }) {
  const t = useTranslations("bursts");
  const { firstAt, lastAt, addresses, refusals, withProof, recorded, lifted } = burst;
  return (
    <Facts
      facts={[
        { name: t("first"), value: <LocalTime instant={firstAt} precision="evidence" /> },
        { name: t("last"), value: <LocalTime instant={lastAt} precision="evidence" /> },
        { name: t("channel"), value: t("page") },
        { name: t("from"), value: t(`addresses.${addresses}`) },
        { name: t("refusals"), value: <Count value={refusals} /> },
        {
          name: t("withProof"),
          value: <Count value={withProof} />,
          notes: [<span key="what">{t("withProofWhat")}</span>],
        },
        {
          name: t("recorded"),
          value: <Count value={recorded} />,
          notes: [<span key="what">{t("recordedWhat")}</span>],
        },
        { name: t("lifted"), value: <Count value={lifted} /> },
        { name: t("state"), value: <BurstState burst={burst} /> },
      ]}
    />
  );
}
