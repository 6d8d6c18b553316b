import { OptOutId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { DetailPage } from "@/components/detail-page";
import { Columns, Facts, Section } from "@/components/page-layout";
import { LocalTime } from "@/components/dates";
import { MessageText } from "@/components/message-text";
import {
  AnswerCorrection,
  ProposeCorrection,
} from "@/features/do-not-call/opt-out/detail/correction-forms";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import type { CorrectionView, readOptOut } from "@ringfence/services/do-not-call/opt-out";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { PhoneLink, PhoneText } from "@/components/people";
import { OfficerRequest, RecordedBy, requestState } from "@/components/officers";
import { RecordingLink } from "@/components/recording-link";
import {
  ChannelWord,
  ReachWords,
  type ScopeNames,
  ScopeWords,
} from "@/features/do-not-call/opt-out/words";
import type { ReactNode } from "react";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("optOut");
  return { title: t("title") };
}

export default async function OptOutPage({ params }: PageProps<"/opt-outs/[optOutId]">) {
  const member = await requireMember("opt-out.read");
  const id = OptOutId.safeParse((await params).optOutId).data ?? notFound();
  const [t, optOut, sellers, purposes, notCorrect] = await Promise.all([
    getTranslations("optOut"),
    loadOrNotFound(api.optOut.read({ id })),
    api.seller.list(),
    api.purpose.list(),
    whyNot(member, "opt-out.correct"),
  ]);
  const { reference, correctedAt, corrections, whyNotCorrect } = optOut;
  const words = await getTranslations("correction");
  const isOpen = corrections.some(({ answer }) => answer === null);
  return (
    <DetailPage title={t("head", { reference })} note={t("look")}>
      {correctedAt && (
        <Banner title={t("corrected")}>
          <p>{t.rich("correctedBody", { time: () => <LocalTime instant={correctedAt} /> })}</p>
        </Banner>
      )}
      <Columns>
        <Section title={t("facts")}>
          <OptOutFacts optOut={optOut} names={{ sellers, purposes }} />
        </Section>
        <Section title={words("title")}>
          <ul>
            {corrections.map((correction) => (
              <CorrectionEntry key={correction.id} correction={correction}>
                {correction.answer === null && (
                  <AnswerCorrection
                    id={correction.id}
                    whyNot={notCorrect}
                    acceptFault={correction.acceptFault}
                  />
                )}
              </CorrectionEntry>
            ))}
          </ul>
          {!isOpen && whyNotCorrect && (
            <p className="pt-3">
              <MessageText message={whyNotCorrect} />
            </p>
          )}
          {!isOpen && !whyNotCorrect && notCorrect === undefined && (
            <ProposeCorrection optOutId={id} />
          )}
          {!isOpen && !whyNotCorrect && notCorrect !== undefined && (
            <div className="pt-3">
              <Button whyNot={notCorrect}>{words("ask")}</Button>
            </div>
          )}
        </Section>
      </Columns>
    </DetailPage>
  );
}

type OptOutFactsProps = { optOut: Awaited<ReturnType<typeof readOptOut>>; names: ScopeNames };

/** Facts on record about one opt-out. */
function OptOutFacts({ optOut, names }: OptOutFactsProps) {
  const t = useTranslations("optOut");
  const list = useTranslations("optOuts");
  const { phone, phoneId, scope, channel, effectiveAt, recordedAt, by, reach } = optOut;
  const { note, recording, publicRequest } = optOut;
  return (
    <Facts
      facts={[
        {
          name: list("phone"),
          value: phone ? <PhoneLink phoneId={phoneId} phone={phone} /> : list("erased"),
        },
        { name: list("refuses"), value: <ScopeWords scope={scope} names={names} /> },
        { name: list("channel"), value: <ChannelWord channel={channel} /> },
        ...(publicRequest
          ? [
              {
                name: t("proof"),
                value: t(publicRequest.hasProof ? "proofYes" : "proofNo"),
                notes: publicRequest.burstId
                  ? [
                      <Link key="burst" href={`/opt-outs/bursts/${publicRequest.burstId}`}>
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

type CorrectionEntryProps = { correction: CorrectionView; children?: ReactNode };

/** Shows a request to correct an opt-out, its outcome, and below it the possible answers. */
function CorrectionEntry({ correction, children }: CorrectionEntryProps) {
  const t = useTranslations("correction");
  const { replacement, answer } = correction;
  return (
    <OfficerRequest
      request={correction}
      words={{
        title: t(requestState(answer)),
        reasonErased: t("reasonErased"),
        askedFor: t("askedFor"),
        answered: t(answer?.isAccepted ? "acceptedAt" : "leftAt"),
      }}
      detail={
        replacement === null
          ? t("noReplacement")
          : t.rich("replacement", {
              phone: () =>
                replacement.phone ? <PhoneText phone={replacement.phone} /> : t("erased"),
              reference: replacement.reference,
              link: (text) => <Link href={`/opt-outs/${replacement.optOutId}`}>{text}</Link>,
            })
      }
    >
      {children}
    </OfficerRequest>
  );
}
