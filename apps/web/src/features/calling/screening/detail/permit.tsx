import type { PermitTrail, ScreeningView } from "@ringfence/services/calling/screening";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Facts } from "@/components/page-layout";
import { LocalTime } from "@/components/dates";
import { Button, DownloadLink } from "@/components/buttons";
import { Count } from "@/components/numbers";
import { useOutcomeName } from "@/components/outcome-name";

/** Shows when the permit was given and verified, and the calls on record for it. */
export function PermitFacts({ permit, verdict }: Pick<ScreeningView, "permit" | "verdict">) {
  const t = useTranslations("screening");
  const { until, verifies, verifications, calls, isHandedOver } = permit;
  return (
    <Facts
      facts={[
        {
          name: t("permit"),
          value:
            until === null
              ? t(findNoPermitReason(verdict, permit))
              : t.rich("permitUntil", {
                  time: () => <LocalTime instant={until} precision="evidence" />,
                }),
          notes: isHandedOver ? [t("handedOver")] : [],
        },
        ...(verifies === null
          ? []
          : [
              {
                name: t("verifies"),
                value: (
                  <Link href={`/screenings/${verifies}`} prefetch={false}>
                    {t("verifiesLink")}
                  </Link>
                ),
              },
            ]),
        ...(until === null
          ? []
          : [{ name: t("verified"), value: <Verifications verifications={verifications} /> }]),
        { name: t("calls"), value: <Calls calls={calls} /> },
      ]}
    />
  );
}

/** Returns the message that says why a screening gave no permit. */
const findNoPermitReason = (verdict: "allow" | "refuse", { verifies }: PermitTrail) =>
  verdict === "refuse" ? "permitRefused" : verifies === null ? "permitNone" : "permitVerifies";

function Verifications({ verifications }: Pick<PermitTrail, "verifications">) {
  const t = useTranslations("screening");
  if (verifications.length === 0) return t("verifiedNever");
  return (
    <ul>
      {verifications.map(({ id, at, verdict }) => (
        <li key={id}>
          <Link href={`/screenings/${id}`} prefetch={false}>
            <LocalTime instant={at} precision="evidence" />
          </Link>
          {`: ${t(`verifiedAs.${verdict}`)}`}
        </li>
      ))}
    </ul>
  );
}

function Calls({ calls }: Pick<PermitTrail, "calls">) {
  const t = useTranslations("screening");
  const outcomeName = useOutcomeName();
  if (calls.length === 0) return t("noCalls");
  return (
    <ul>
      {calls.map(({ id, at, outcome, externalId, isNamed, violationId }) => (
        <li key={id}>
          <LocalTime instant={at} precision="evidence" />
          {[outcomeName(outcome), externalId].flatMap((part) => (part === null ? [] : `, ${part}`))}
          <span className="block text-sm text-muted">{t(isNamed ? "callNamed" : "callTaken")}</span>
          {violationId !== null && (
            <Link href={`/violations/${violationId}`} prefetch={false}>
              {t("violation")}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}

type ProofFactsProps = Pick<ScreeningView, "id" | "proof" | "checked"> & {
  /** Why the member may not read proofs. */
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
