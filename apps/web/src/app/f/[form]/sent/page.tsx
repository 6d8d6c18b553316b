import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader, parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { CodeForm } from "@/features/public-form/code-form";
import { PublicFrame } from "@/components/public-frame";
import { hostedForm } from "@/server/public-form";

/** How the person is asked: of nobody's number, so it may stand in the address. */
const load = createLoader({
  means: parseAsStringLiteral(["sms", "email"]).withDefault("email"),
  ref: parseAsString,
  wrong: parseAsBoolean.withDefault(false),
});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("publicForm");
  return { title: { absolute: t("askedTitle") } };
}

/** What is left to do for who sent a form that asks back. Other forms lead to their receipt. */
export default async function SentPage({ params, searchParams }: PageProps<"/f/[form]/sent">) {
  const { form: address } = await params;
  const { means, ref, wrong } = await load(searchParams);
  const [t, { seller }] = [await getTranslations("publicForm"), await hostedForm(address)];
  return (
    <PublicFrame seller={seller} title={t("askedTitle")}>
      <p>{t(means === "sms" ? "askedBySms" : "askedByEmail", { seller })}</p>
      {means === "sms" && ref !== null && (
        <CodeForm address={address} reference={ref} isWrong={wrong} />
      )}
    </PublicFrame>
  );
}
