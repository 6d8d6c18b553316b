import { OptOutId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Columns } from "@/components/columns";
import { LocalTime } from "@/components/local-time";
import { PageHead } from "@/components/page-head";
import { MessageText } from "@/components/message-text";
import { Section } from "@/components/section";
import {
  AnswerCorrection,
  ProposeCorrection,
} from "@/features/do-not-call/opt-out/detail/correction-forms";
import { CorrectionEntry } from "@/features/do-not-call/opt-out/detail/correction";
import { OptOutFacts } from "@/features/do-not-call/opt-out/detail/facts";
import { api } from "@/server/caller";
import { loadOrNotFound } from "@/server/load-or-not-found";
import { requireMember } from "@/server/require-member";
import { whyNot } from "@/server/why-not";

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
    <>
      <PageHead title={t("head", { reference })} note={t("look")} />
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
    </>
  );
}
