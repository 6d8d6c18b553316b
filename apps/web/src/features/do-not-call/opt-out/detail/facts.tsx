import type { readOptOut } from "@ringfence/services/do-not-call/opt-out";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Facts } from "@/components/facts";
import { LocalTime } from "@/components/local-time";
import { PhoneLink } from "@/components/phone-link";
import { RecordedBy } from "@/components/recorded-by";
import { RecordingLink } from "@/components/recording-link";
import { ChannelWord, ReachWords, type ScopeNames, ScopeWords } from "../words";

type OptOutFactsProps = { optOut: Awaited<ReturnType<typeof readOptOut>>; names: ScopeNames };

/** Facts on record about one opt-out. */
export function OptOutFacts({ optOut, names }: OptOutFactsProps) {
  const t = useTranslations("optOut");
  const list = useTranslations("optOuts");
  const { phone, phoneId, scope, channel, effectiveAt, recordedAt, by, reach } = optOut;
  const { note, recording, anonymous } = optOut;
  return (
    <Facts
      facts={[
        {
          name: list("phone"),
          value: phone ? <PhoneLink phoneId={phoneId} phone={phone} /> : list("erased"),
        },
        { name: list("refuses"), value: <ScopeWords scope={scope} names={names} /> },
        { name: list("channel"), value: <ChannelWord channel={channel} /> },
        ...(anonymous
          ? [
              {
                name: t("proof"),
                value: t(anonymous.hasProof ? "proofYes" : "proofNo"),
                notes: anonymous.burstId
                  ? [
                      <Link key="burst" href={`/opt-outs/bursts/${anonymous.burstId}`}>
                        {t("inBurst")}
                      </Link>,
                    ]
                  : [],
              },
            ]
          : []),
        { name: t("said"), value: <LocalTime instant={effectiveAt} precision="evidence" /> },
        {
          name: t("recorded"),
          value: <LocalTime instant={recordedAt} precision="evidence" />,
          notes: [<RecordedBy key="by" by={by} />],
        },
        { name: list("reach"), value: <ReachWords reach={reach} /> },
        ...(note ? [{ name: t("note"), value: note }] : []),
        ...(recording
          ? [{ name: t("recording"), value: <RecordingLink recording={recording} /> }]
          : []),
      ]}
    />
  );
}
