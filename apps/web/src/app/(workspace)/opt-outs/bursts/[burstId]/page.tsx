import { RefusalBurstId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { z } from "zod";
import type {
  BurstLiftingView,
  BurstOptOutView,
  BurstView,
} from "@ringfence/services/do-not-call/burst";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import Link from "next/link";
import { Button } from "@/components/buttons";
import { DetailPage } from "@/components/detail-page";
import { Columns, Facts, Section } from "@/components/page-layout";
import { Pager } from "@/components/pager";
import { toPagerLinks } from "@/server/list-query";
import { AnswerLifting, ProposeLifting } from "@/features/do-not-call/burst/detail/lifting-forms";
import { BurstState, burstPath, loadBurstQuery } from "@/features/do-not-call/burst/list/table";
import { api, loadOrNotFound } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { Count } from "@/components/numbers";
import { LocalTime } from "@/components/dates";
import { OfficerRequest, requestState } from "@/components/officers";
import { PhoneLink } from "@/components/people";
import { MessageText } from "@/components/message-text";
import { Table } from "@/components/table";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("bursts");
  return { title: t("one") };
}

export default async function BurstPage({
  params,
  searchParams,
}: PageProps<"/opt-outs/bursts/[burstId]">) {
  const member = await requireMember("opt-out.read");
  const id = RefusalBurstId.safeParse((await params).burstId).data ?? notFound();
  const { after } = await loadBurstQuery(searchParams);
  const [t, burst, notCorrect] = await Promise.all([
    getTranslations("bursts"),
    loadOrNotFound(api.burst.read({ id, after: z.uuid().safeParse(after.at(-1)).data })),
    whyNot(member, "opt-out.correct"),
  ]);
  const { liftings, optOuts, next, dismissed } = burst;
  const isOpen = liftings.some(({ answer }) => answer === null);
  const isSettled = dismissed !== null || liftings.some(({ answer }) => answer?.isAccepted);
  const steps = toPagerLinks(after, next, (trail) => burstPath(id, trail));
  return (
    <DetailPage title={t("one")} note={t("oneNote")}>
      <Columns>
        <Section title={t("facts")}>
          <BurstFacts burst={burst} />
        </Section>
        <Section title={t("decide")}>
          <ul>
            {liftings.map((lifting) => (
              <LiftingEntry key={lifting.id} lifting={lifting}>
                {lifting.answer === null && (
                  <AnswerLifting
                    id={lifting.id}
                    whyNot={notCorrect}
                    acceptFault={lifting.acceptFault}
                  />
                )}
              </LiftingEntry>
            ))}
          </ul>
          {!isOpen && notCorrect === undefined && (
            <ProposeLifting id={id} mayDismiss={!isSettled} />
          )}
          {!isOpen && notCorrect !== undefined && (
            <div className="pt-3">
              <Button whyNot={notCorrect}>{t("ask")}</Button>
            </div>
          )}
        </Section>
      </Columns>
      <Section title={t("list")}>
        <BurstOptOutTable optOuts={optOuts} />
        <Pager label={t("listPages")} shown={t("shown", { count: optOuts.length })} {...steps} />
      </Section>
    </DetailPage>
  );
}

/** Shows when the opt-outs of a burst arrived, how many, from where, and what was decided. */
function BurstFacts({ burst }: { burst: BurstView }) {
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

type LiftingEntryProps = { lifting: BurstLiftingView; children?: ReactNode };

/** Shows a request to lift a burst, its outcome, and below it the possible answers. */
function LiftingEntry({ lifting, children }: LiftingEntryProps) {
  const t = useTranslations("bursts");
  const state = requestState(lifting.answer);
  return (
    <OfficerRequest
      request={lifting}
      words={{
        title: t(`liftings.${state}`),
        reasonErased: t("reasonErased"),
        askedFor: t("askedFor"),
        answered: t(lifting.answer?.isAccepted ? "acceptedAt" : "leftAt"),
      }}
      detail={t(lifting.includesProof ? "liftsAll" : "liftsUnproven")}
    >
      {children}
    </OfficerRequest>
  );
}

/** Lists the opt-outs that a burst recorded, and says which of them cannot be lifted. */
function BurstOptOutTable({ optOuts }: { optOuts: readonly BurstOptOutView[] }) {
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
