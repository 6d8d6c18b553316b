import type { ConsentId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import type { RootContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { layCertificate } from "./lay-certificate.ts";
import type { PrintCertificate } from "./print-certificate.ts";
import { readConsentReceipt } from "./read-consent-receipt.ts";

export type PrintConsentReceipt = Omit<PrintCertificate, "id" | "of"> & {
  receipt: ConsentId;
  consent: ConsentId;
};

/** One consent of a receipt as a PDF, with what proves it attached. */
export async function printConsentReceipt(
  ctx: RootContext,
  { receipt, consent, locale, publicUrl, fontFolder }: PrintConsentReceipt,
): Promise<Uint8Array> {
  allow(ctx, "consent.keep-receipt");

  const { consents, zone } = await readConsentReceipt(ctx, { receipt });
  const certificate = consents.find(({ id }) => id === consent)?.certificate;
  if (!certificate) throw new ServiceError("not-found", { key: "consent.not-found" });
  const address = `${publicUrl}/verify`;
  return layCertificate({ certificate, locale, address, fontFolder, zone });
}
