import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { OptOutId } from "@ringfence/core/ids";
import { layCertificate } from "../../proof/certificate/lay-certificate.ts";
import type { PrintCertificate } from "../../proof/certificate/print-certificate.ts";
import { readReceipt } from "./read-receipt.ts";

export type PrintReceipt = Omit<PrintCertificate, "id"> & { optOutId: OptOutId };

/** A receipt as a PDF, with what proves it attached. */
export const printReceipt = command({
  name: "printReceipt",
  action: "opt-out.keep-receipt",
  input: z.custom<PrintReceipt>(),
  transaction: "by run",
  run: async (ctx, { optOutId, locale, publicUrl, fontFolder }): Promise<Uint8Array> => {
    const { certificate, zone } = await readReceipt(ctx, { optOutId });
    const address = `${publicUrl}/verify`;
    return layCertificate({ certificate, locale, address, fontFolder, zone });
  },
  audit: "by run",
});
