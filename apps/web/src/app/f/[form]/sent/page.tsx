import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader, parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { CodeForm } from "@/features/public-form/code-form";
import { PublicFrame } from "@/components/public-frame";
import { hostedForm } from "@/server/public-form";

/** What the person has to expect: of nobody's number, so it may stand in the address. */
const load = createLoader({
  means: parseAsStringLiteral(["sms", "email"]),
  asked: parseAsBoolean.withDefault(false),
  ref: parseAsString,
  wrong: parseAsBoolean.withDefault(false),
  done: parseAsBoolean.withDefault(false),
});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("publicForm");
  return { title: { absolute: t("sentTitle") } };
}

export default async function SentPage({ params, searchParams }: PageProps<"/f/[form]/sent">) {
  const { form: address } = await params;
  const { means, asked, ref, wrong, done } = await load(searchParams);
  const [t, { seller }] = [await getTranslations("publicForm"), await hostedForm(address)];
  if (!asked || means === null) {
    const hears = means === null ? null : t(means === "sms" ? "toldBySms" : "toldByEmail");
    return (
      <PublicFrame seller={seller} title={t("sentTitle")}>
        <p>{t(done ? "confirmed" : "sent", { seller })}</p>
        {hears && <p>{hears}</p>}
      </PublicFrame>
    );
  }
  return (
    <PublicFrame seller={seller} title={t("askedTitle")}>
      <p>{t(means === "sms" ? "askedBySms" : "askedByEmail", { seller })}</p>
      {means === "sms" && ref !== null && (
        <CodeForm address={address} reference={ref} isWrong={wrong} />
      )}
    </PublicFrame>
  );
}
