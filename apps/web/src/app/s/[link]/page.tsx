import { readOptOutChoices } from "@ringfence/services/do-not-call/stop-page";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PublicFrame } from "@/components/public-page";
import { OptOutForm } from "@/features/do-not-call/stop-page/form";
import { addRequestedLanguage } from "@/server/request-path";
import { loadStopLink } from "@/server/public-stop";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("stop");
  // The address is a key, so no other page may learn it.
  return { title: { absolute: t("title") }, referrer: "no-referrer" };
}

/**
 * Opts out with one tap. Opening the link is not enough, because scanners of mail and messages open
 * links.
 */
export default async function StopLinkPage({ params }: PageProps<"/s/[link]">) {
  const { link } = await params;
  const [t, offer] = [
    await getTranslations("stop"),
    await readOptOutChoices(await loadStopLink(link)),
  ];
  return (
    <PublicFrame seller={offer.organization} title={t("title")} hasLanguages>
      <p>
        {offer.ending !== null && `${t("ending", { ending: offer.ending })} `}
        {t("lead")}
      </p>
      <OptOutForm
        action={await addRequestedLanguage(`/s/${link}/refuse`)}
        offer={offer}
        state={null}
      />
    </PublicFrame>
  );
}
