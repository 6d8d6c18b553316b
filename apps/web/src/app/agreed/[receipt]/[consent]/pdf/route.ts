import { printConsentReceipt } from "@ringfence/services/consents/consent";
import { getLocale } from "next-intl/server";
import { env } from "@/env";
import { loadReceiptConsent } from "@/server/consent-receipt";
import { fontFolder, toFileResponse } from "@/server/downloads";
import { orNotFound, rejectTooManyRequests } from "@/server/public-form";

/** One consent of a receipt as a PDF, with its proof attached. */
export const GET = async (
  _: Request,
  { params }: RouteContext<"/agreed/[receipt]/[consent]/pdf">,
) => {
  const refused = await rejectTooManyRequests();
  if (refused) return refused;
  const { ctx, ...named } = await loadReceiptConsent(params);
  const { PUBLIC_URL: publicUrl } = env();
  const locale = await getLocale();
  const pdf = await orNotFound(() =>
    printConsentReceipt(ctx, { ...named, locale, publicUrl, fontFolder }),
  );
  return toFileResponse("consent.pdf", "application/pdf", Uint8Array.from(pdf));
};
