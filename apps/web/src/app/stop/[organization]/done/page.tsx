import { readOptOutChoices } from "@ringfence/services/do-not-call/stop-page";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PublicFrame } from "@/components/public-page";
import { loadStopPage } from "@/server/public-stop";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("stop");
  return { title: { absolute: t("done") } };
}

/**
 * Confirms that an opt-out counts, and nothing else. It is for those who sent too many requests to see
 * more.
 */
export default async function StopDonePage({ params }: PageProps<"/stop/[organization]/done">) {
  const { organization: address } = await params;
  const [t, offer] = [
    await getTranslations("stop"),
    await readOptOutChoices(await loadStopPage(address)),
  ];
  return (
    <PublicFrame seller={offer.organization} title={t("done")} hasLanguages>
      <p>{t("doneOften")}</p>
    </PublicFrame>
  );
}
