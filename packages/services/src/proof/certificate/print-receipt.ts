import type { OptOutId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import type { RootContext } from "../../platform/context.ts";
import { layCertificate } from "./lay-certificate.ts";
import type { PrintCertificate } from "./print-certificate.ts";
import { readReceipt } from "./read-receipt.ts";

export type PrintReceipt = Omit<PrintCertificate, "id"> & { optOutId: OptOutId };

/** A receipt as a PDF, with what proves it attached. */
export async function printReceipt(
  ctx: RootContext,
  { optOutId, locale, publicUrl, fontFolder }: PrintReceipt,
): Promise<Uint8Array> {
  allow(ctx, "opt-out.keep-receipt");

  const { certificate, zone } = await readReceipt(ctx, { optOutId });
  const address = `${publicUrl}/verify`;
  return layCertificate({ certificate, locale, address, fontFolder, zone });
}
