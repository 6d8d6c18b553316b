import { readOptOutChoices } from "@ringfence/services/do-not-call/stop-page";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader, parseAsBoolean } from "nuqs/server";
import { PublicFrame } from "@/components/public-page";
import { HandedCodeForm } from "@/features/desk/own-record/code-forms";
import { addRequestedLanguage } from "@/server/request-path";
import { loadOwnPage } from "@/server/own-record";
import { noFormState, readFormState } from "@/server/public-form";

const load = createLoader({
  wrong: parseAsBoolean.withDefault(false),
  again: parseAsBoolean.withDefault(false),
});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ownRecord");
  return { title: { absolute: t("handedTitle") } };
}

/** Opened by the QR code of a letter. The person enters their number and the code that a member issued. */
export default async function HandedCodePage({
  params,
  searchParams,
}: PageProps<"/my/[organization]/handed">) {
  const { organization: address } = await params;
  const { wrong, again } = await load(searchParams);
  const state = again ? await readFormState() : noFormState;
  const [t, { organization }] = [
    await getTranslations("ownRecord"),
    await readOptOutChoices(await loadOwnPage(address)),
  ];
  return (
    <PublicFrame seller={organization} title={t("handedTitle")} hasLanguages>
      <p>{t("handedLead")}</p>
      <HandedCodeForm address={address} state={state} isWrong={wrong} />
      <p className="text-base">
        <a href={await addRequestedLanguage(`/my/${address}`)}>{t("handedNot")}</a>
      </p>
    </PublicFrame>
  );
}
