import { readReceipt } from "@ringfence/services/do-not-call/opt-out";
import { readOptOutChoices } from "@ringfence/services/do-not-call/stop-page";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PublicFrame } from "@/components/public-page";
import { ReceiptSheet, nameScope } from "@/features/do-not-call/stop-page/receipt";
import { keeping } from "@/server/public-stop";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("receipt");
  // The address is a key, so no other page may learn it.
  return { title: { absolute: t("title") }, referrer: "no-referrer" };
}

/** Confirms that the opt-out is in force, with the receipt to keep. */
export default async function ReceiptPage({ params }: PageProps<"/r/[receipt]">) {
  const { receipt: link } = await params;
  const { ctx, optOutId } = await keeping(link);
  const [t, receipt, offer] = [
    await getTranslations("receipt"),
    await readReceipt(ctx, { optOutId }),
    await readOptOutChoices(ctx),
  ];
  const { kind, name } = nameScope(receipt.scope, offer);
  return (
    <PublicFrame
      seller={receipt.organization}
      title={receipt.correctedAt ? t("titles.corrected") : t(`titles.${kind}`, { name })}
      hasLanguages
    >
      <ReceiptSheet link={link} receipt={receipt} what={t(`what.${kind}`, { name })} />
    </PublicFrame>
  );
}
