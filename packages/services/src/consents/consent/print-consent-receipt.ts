import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { ConsentId } from "@ringfence/core/ids";
import { ServiceError } from "../../platform/errors.ts";
import { layCertificate } from "../../proof/certificate/lay-certificate.ts";
import type { PrintCertificate } from "../../proof/certificate/print-certificate.ts";
import { readConsentReceipt } from "./read-consent-receipt.ts";

export type PrintConsentReceipt = Omit<PrintCertificate, "id" | "of"> & {
  receipt: ConsentId;
  consent: ConsentId;
};

/** One consent of a receipt as a PDF, with what proves it attached. */
export const printConsentReceipt = command({
  name: "printConsentReceipt",
  action: "consent.keep-receipt",
  input: z.custom<PrintConsentReceipt>(),
  transaction: "by run",
  run: async (ctx, { receipt, consent, locale, publicUrl, fontFolder }): Promise<Uint8Array> => {
    const { consents, zone } = await readConsentReceipt(ctx, { receipt });
    const certificate = consents.find(({ id }) => id === consent)?.certificate;
    if (!certificate) throw new ServiceError("not-found", { key: "consent.not-found" });
    const address = `${publicUrl}/verify`;
    return layCertificate({ certificate, locale, address, fontFolder, zone });
  },
  audit: "by run",
});
