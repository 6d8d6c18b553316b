import { readOptOutChoices } from "@ringfence/services/do-not-call/stop-page";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PublicFrame } from "@/components/public-page";
import { OptOutForm } from "@/features/do-not-call/stop-page/form";
import { inAskedLanguage } from "@/server/request-path";
import { keptState, nothingKept } from "@/server/kept-state";
import { visiting } from "@/server/public-stop";

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
    await readOptOutChoices(await visiting(address)),
  ];
  return (
    <PublicFrame seller={offer.organization} title={t("title")} hasLanguages>
      <p>{t("lead")}</p>
      <OptOutForm
        action={await inAskedLanguage(`/stop/${address}/refuse`)}
        offer={offer}
        state={isAgain ? await keptState() : nothingKept}
      />
      <p className="text-base">
        <a href={await inAskedLanguage(`/my/${address}`)}>{t("my")}</a>
      </p>
    </PublicFrame>
  );
}
