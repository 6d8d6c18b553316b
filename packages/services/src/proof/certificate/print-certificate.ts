import type { Locale } from "@ringfence/core/platform/message";
import { type RootContext, allow, inTransaction } from "../../platform/internal.ts";
import { loadOrganization } from "../../account/organization/internal.ts";
import { layOutCertificate } from "./certificate-layout.ts";
import { proofActions } from "./create-certificate.ts";
import { type ReadCertificate, readCertificate } from "./read-certificate.ts";

/**
 * `publicUrl` is where people reach the pages, as an origin: that of checking is printed. Fonts lie in
 * `fonts` of this package, which an app that is bundled has to find for itself.
 */
export type PrintCertificate = ReadCertificate & {
  locale: Locale;
  publicUrl: string;
  fontFolder: string;
};

/** Prints a certificate as a PDF with the certificate itself attached, so that anyone can verify it. */
export async function printCertificate(
  ctx: RootContext,
  { id, of = "any", locale, publicUrl, fontFolder }: PrintCertificate,
): Promise<Uint8Array> {
  allow(ctx, proofActions[of]);

  const certificate = await readCertificate(ctx, { id, of });
  const { zone } = await inTransaction(ctx, loadOrganization);
  const address = `${publicUrl}/verify`;
  return layOutCertificate({ certificate, locale, address, fontFolder, zone });
}
