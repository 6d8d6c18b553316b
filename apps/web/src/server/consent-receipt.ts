import "server-only";
import { ConsentId } from "@ringfence/core/ids";
import { openConsentReceipt } from "@ringfence/services/consents/consent";
import { notFound } from "next/navigation";
import { cache } from "react";
import { installation } from "./installation";
import { orNotFound } from "./public-form";

/** Opens a receipt on behalf of the person who sent the form. */
export const loadConsentReceipt = cache((link: string) =>
  orNotFound(() => openConsentReceipt(installation(), link)),
);

/**
 * Opens a receipt and parses the id of a consent. That it is a consent of this receipt is checked by the verb called
 * with both.
 */
export async function loadReceiptConsent(params: Promise<{ receipt: string; consent: string }>) {
  const { receipt: link, consent } = await params;
  const { success, data } = ConsentId.safeParse(consent);
  if (!success) notFound();
  return { ...(await loadConsentReceipt(link)), consent: data };
}
