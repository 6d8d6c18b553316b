import { RefusalBurstId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { z } from "zod";
import { Button } from "@/components/button";
import { Columns } from "@/components/columns";
import { PageHead } from "@/components/page-head";
import { Pager } from "@/components/pager";
import { Section } from "@/components/section";
import { toPagerLinks } from "@/components/trail";
import { AnswerLifting, ProposeLifting } from "@/features/do-not-call/burst/detail/lifting-forms";
import { BurstFacts } from "@/features/do-not-call/burst/detail/facts";
import { burstPath, loadBurstQuery } from "@/features/do-not-call/burst/paths";
import { BurstOptOutTable } from "@/features/do-not-call/burst/detail/opt-out-table";
import { LiftingEntry } from "@/features/do-not-call/burst/detail/lifting";
import { api } from "@/server/caller";
import { loadOrNotFound } from "@/server/load-or-not-found";
import { requireMember } from "@/server/require-member";
import { whyNot } from "@/server/why-not";

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
    <>
      <PageHead title={t("one")} note={t("oneNote")} />
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
    </>
  );
}
