"use server";
import { ConsentId } from "@ringfence/core/ids";
import { withdrawByReceipt } from "@ringfence/services/consents/consent";
import { redirect } from "next/navigation";
import { addRequestedLanguage } from "@/server/request-path";
import { loadConsentReceipt } from "@/server/consent-receipt";
import { orNotFound } from "@/server/public-form";
import { safePath } from "@/server/safe-path";

/** Withdraws one consent of a receipt and returns to its page. */
export async function withdrawConsentByReceipt({
  link,
  consent,
}: {
  link: string;
  consent: string;
}) {
  const { ctx, receipt } = await loadConsentReceipt(link);
  await orNotFound(() => withdrawByReceipt(ctx, { receipt, consent: ConsentId.parse(consent) }));
  redirect(safePath(await addRequestedLanguage(`/agreed/${link}`)));
}
