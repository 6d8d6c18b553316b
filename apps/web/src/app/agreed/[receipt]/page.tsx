import { readConsentReceipt } from "@ringfence/services/consents/consent";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader, parseAsStringLiteral } from "nuqs/server";
import { PublicFrame } from "@/components/public-page";
import { ConsentReceiptSheet } from "@/features/consents/public-form/receipt/consent-receipt-sheet";
import { openedReceipt } from "@/server/consent-receipt";
import { orNotFound } from "@/server/public-form";

/** Query parameters: the means by which the person also gets a message. */
const load = createLoader({ means: parseAsStringLiteral(["sms", "email"]) });

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("consentReceipt");
  // The address is a key, so no other site may learn it. Our own pages must: without a referrer, browsers
  // send `Origin: null` with forms that need no scripts, and those are refused.
  return { title: { absolute: t("title") }, referrer: "same-origin" };
}

/** Shows what a person agreed to with a form, the copies they can keep, and how to withdraw. */
export default async function ConsentReceiptPage({
  params,
  searchParams,
}: PageProps<"/agreed/[receipt]">) {
  const { receipt: link } = await params;
  const { ctx, receipt: named } = await openedReceipt(link);
  const [t, form, { means }, receipt] = [
    await getTranslations("consentReceipt"),
    await getTranslations("publicForm"),
    await load(searchParams),
    await orNotFound(() => readConsentReceipt(ctx, { receipt: named })),
  ];
  const isOver = receipt.consents.every(({ endedAt }) => endedAt !== null);
  return (
    <PublicFrame
      seller={receipt.seller}
      title={t(isOver ? "titles.over" : "titles.given")}
      hasLanguages
    >
      <p>{t(isOver ? "leads.over" : "leads.given", { seller: receipt.seller })}</p>
      {!isOver && means !== null && <p>{form(means === "sms" ? "toldBySms" : "toldByEmail")}</p>}
      <ConsentReceiptSheet link={link} receipt={receipt} />
    </PublicFrame>
  );
}
