import { readOptOutChoices } from "@ringfence/services/do-not-call/stop-page";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PublicFrame } from "@/components/public-page";
import { OptOutForm } from "@/features/do-not-call/stop-page/form";
import { addRequestedLanguage } from "@/server/request-path";
import { readFormState, noFormState } from "@/server/public-form";
import { loadStopPage } from "@/server/public-stop";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("stop");
  return { title: { absolute: t("title") } };
}

export default async function StopOrganizationPage({
  params,
  searchParams,
}: PageProps<"/stop/[organization]">) {
  const { organization: address } = await params;
  const isAgain = "again" in (await searchParams);
  const [t, offer] = [
    await getTranslations("stop"),
    await readOptOutChoices(await loadStopPage(address)),
  ];
  return (
    <PublicFrame seller={offer.organization} title={t("title")} hasLanguages>
      <p>{t("lead")}</p>
      <OptOutForm
        action={await addRequestedLanguage(`/stop/${address}/refuse`)}
        offer={offer}
        state={isAgain ? await readFormState() : noFormState}
      />
      <p className="text-base">
        <a href={await addRequestedLanguage(`/my/${address}`)}>{t("my")}</a>
      </p>
    </PublicFrame>
  );
}
