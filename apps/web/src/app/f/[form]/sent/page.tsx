import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader, parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { CodeForm } from "@/features/consents/confirmation/answer-form";
import { PublicFrame } from "@/components/public-page";
import { loadHostedForm } from "@/server/public-form";

/** Query parameters: the means by which the person is asked to confirm. They hold no number. */
const load = createLoader({
  means: parseAsStringLiteral(["sms", "email"]).withDefault("email"),
  ref: parseAsString,
  wrong: parseAsBoolean.withDefault(false),
});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("publicForm");
  return { title: { absolute: t("askedTitle") } };
}

/** Tells a person who sent a form with double opt-in what to do next. Other forms lead to their receipt. */
export default async function SentPage({ params, searchParams }: PageProps<"/f/[form]/sent">) {
  const { form: address } = await params;
  const { means, ref, wrong } = await load(searchParams);
  const [t, { seller }] = [await getTranslations("publicForm"), await loadHostedForm(address)];
  return (
    <PublicFrame seller={seller} title={t("askedTitle")}>
      <p>{t(means === "sms" ? "askedBySms" : "askedByEmail", { seller })}</p>
      {means === "sms" && ref !== null && (
        <CodeForm address={address} reference={ref} isWrong={wrong} />
      )}
    </PublicFrame>
  );
}
