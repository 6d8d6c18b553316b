import type { Locale } from "@ringfence/core/platform/message";
import { type RootContext, allow, inTransaction } from "../../platform/internal.ts";
import { loadOrganization } from "../../account/organization/internal.ts";
import { layOutCertificate } from "./certificate-layout.ts";
import { proofActions } from "./create-certificate.ts";
import { type ReadCertificate, readCertificate } from "./read-certificate.ts";

/**
 * `publicUrl` is the origin of the pages; the address of the page that checks certificates is printed.
 * `fontFolder` is the folder `fonts` of this package, which a bundled app must locate itself.
 */
export type PrintCertificate = ReadCertificate & {
  locale: Locale;
  publicUrl: string;
  fontFolder: string;
};

/**
 * Prints a certificate as a PDF with the certificate itself attached, so that anyone can verify it. A function,
 * because the action depends on the kind.
 */
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
