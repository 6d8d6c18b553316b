import type { ScreeningView } from "@ringfence/services/calling/screening";
import { useTranslations } from "next-intl";
import { Button } from "@/components/button";
import { Count } from "@/components/count";
import { DownloadLink } from "@/components/download-link";
import { Facts } from "@/components/facts";
import { LocalTime } from "@/components/local-time";

type ProofFactsProps = Pick<ScreeningView, "id" | "proof" | "checked"> & {
  whyNot: string | undefined;
};

/** Shows where the screening is on the ledger, and offers the proof for download. */
export function ProofFacts({ id, proof, checked, whyNot }: ProofFactsProps) {
  const t = useTranslations("screening");
  if (whyNot !== undefined) {
    return (
      <div className="pt-3">
        <Button whyNot={whyNot}>{t("download")}</Button>
      </div>
    );
  }
  const size = checked.ledgerSize;
  return (
    <>
      <Facts
        facts={[
          {
            name: t("accepted"),
            value: proof ? (
              <LocalTime instant={proof.acceptedAt} precision="evidence" />
            ) : (
              t("notYet")
            ),
          },
          ...(proof === null
            ? []
            : [
                {
                  name: t("index"),
                  value: proof.index === null ? t("waiting") : <Count value={proof.index} />,
                },
              ]),
          {
            name: t("ledgerSize"),
            value: size === null ? t("noCheckpoint") : <Count value={size} />,
          },
        ]}
      />
      {proof !== null && (
        <p className="pt-3">
          <DownloadLink href={`/api/proofs/${id}`}>{t("download")}</DownloadLink>
        </p>
      )}
    </>
  );
}
