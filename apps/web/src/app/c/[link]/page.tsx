import { readConfirmation } from "@ringfence/services/consents/confirmation";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LocalTime } from "@/components/dates";
import { AnswerForm } from "@/features/consents/confirmation/answer-form";
import { PublicFrame, PublicLink } from "@/components/public-page";
import { loadConfirmation } from "@/server/public-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("confirmation");
  // The address is a key, so no other site may learn it. Our own pages must: without a referrer, browsers
  // send `Origin: null` with forms that need no scripts, and those are refused.
  return { title: { absolute: t("title") }, referrer: "same-origin" };
}

export default async function ConfirmationPage({ params }: PageProps<"/c/[link]">) {
  const { link } = await params;
  const { ctx, confirmationId } = await loadConfirmation(link);
  const [t, { seller, at, texts, state, receipt }] = [
    await getTranslations("confirmation"),
    await readConfirmation(ctx, confirmationId),
  ];
  return (
    <PublicFrame seller={seller} title={t(`titles.${state}`)}>
      <p>{t(`leads.${state}`, { seller })}</p>
      {state !== "disowned" &&
        texts.map(({ language, text }) => (
          <blockquote
            key={text}
            lang={language}
            className="border-l-[3px] border-line-strong pl-3 whitespace-pre-line"
          >
            {text}
          </blockquote>
        ))}
      <p className="text-sm text-muted">
        {t.rich("at", { time: () => <LocalTime instant={at} precision="evidence" /> })}
      </p>
      {receipt && <PublicLink href={`/agreed/${receipt}`}>{t("receipt")}</PublicLink>}
      {state === "asked" && <AnswerForm link={link} answer="confirm" />}
      {state !== "disowned" && <AnswerForm link={link} answer="disown" />}
    </PublicFrame>
  );
}
