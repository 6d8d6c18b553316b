import type { z } from "zod";
import { type RootContext, allow, inTransaction } from "../../platform/internal.ts";
import { loadOrganization } from "../../account/organization/internal.ts";
import { type PrintSettings, layOutCertificate } from "./certificate-layout.ts";
import { proofActions } from "./create-certificate.ts";
import { type ReadCertificate, readCertificate } from "./read-certificate.ts";

export type PrintCertificate = ReadCertificate & z.infer<typeof PrintSettings>;

/**
 * Prints a certificate as a PDF with the certificate itself attached, so that anyone can verify it. A function,
 * because the action depends on the kind.
 */
export async function printCertificate(
  ctx: RootContext,
  { id, kind = "any", locale, publicUrl, fontFolder }: PrintCertificate,
): Promise<Uint8Array> {
  allow(ctx, proofActions[kind]);

  const certificate = await readCertificate(ctx, { id, kind });
  const { zone } = await inTransaction(ctx, loadOrganization);
  const address = `${publicUrl}/verify`;
  return layOutCertificate({ certificate, locale, address, fontFolder, zone });
}
