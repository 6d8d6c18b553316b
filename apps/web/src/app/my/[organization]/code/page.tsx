import { readOptOutChoices } from "@ringfence/services/do-not-call/stop-page";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader, parseAsBoolean, parseAsString } from "nuqs/server";
import { PublicFrame } from "@/components/public-page";
import { OwnCodeForm } from "@/features/desk/own-record/code-forms";
import { addRequestedLanguage } from "@/server/request-path";
import { loadOwnPage } from "@/server/own-record";

/** Query parameters. They name nobody's number, so they may stand in the address. */
const load = createLoader({
  ref: parseAsString.withDefault(""),
  wrong: parseAsBoolean.withDefault(false),
});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ownRecord");
  return { title: { absolute: t("codeTitle") } };
}

export default async function MyCodePage({
  params,
  searchParams,
}: PageProps<"/my/[organization]/code">) {
  const { organization: address } = await params;
  const { ref, wrong } = await load(searchParams);
  const [t, { organization }] = [
    await getTranslations("ownRecord"),
    await readOptOutChoices(await loadOwnPage(address)),
  ];
  return (
    <PublicFrame seller={organization} title={t("codeTitle")}>
      <p>{t("codeSent")}</p>
      <OwnCodeForm address={address} reference={ref} isWrong={wrong} />
      <p className="text-base">
        <a href={await addRequestedLanguage(`/my/${address}`)}>{t("another")}</a>
      </p>
    </PublicFrame>
  );
}
