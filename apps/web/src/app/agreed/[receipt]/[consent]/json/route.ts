import { readConsentReceipt } from "@ringfence/services/consents/consent";
import { notFound } from "next/navigation";
import { loadReceiptConsent } from "@/server/consent-receipt";
import { orNotFound, rejectTooManyRequests } from "@/server/public-form";
import { toFileResponse } from "@/server/downloads";

/** One consent of a receipt, as a file that anyone can verify. */
export const GET = async (
  _: Request,
  { params }: RouteContext<"/agreed/[receipt]/[consent]/json">,
) => {
  const refused = await rejectTooManyRequests();
  if (refused) return refused;
  const { ctx, receipt, consent } = await loadReceiptConsent(params);
  const { consents } = await orNotFound(() => readConsentReceipt(ctx, { receipt }));
  const certificate = consents.find(({ id }) => id === consent)?.certificate;
  if (!certificate) notFound();
  return toFileResponse("consent.json", "application/json", JSON.stringify(certificate, null, 2));
};
