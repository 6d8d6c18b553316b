import { inTransaction, query } from "../../platform/internal.ts";
import { loadOrganization } from "../../account/organization/internal.ts";
import { PrintSettings, layOutCertificate } from "./certificate-layout.ts";
import { ReadCertificate, chooseProofAction, readCertificate } from "./read-certificate.ts";

/**
 * Prints a certificate as a PDF with the certificate itself attached, so that anyone can verify it.
 * `readCertificate` writes the audit row.
 */
export const printCertificate = query({
  name: "printCertificate",
  action: chooseProofAction,
  input: ReadCertificate.extend(PrintSettings.shape),
  transaction: "by run",
  run: async (ctx, { id, kind, locale, publicUrl, fontFolder }) => {
    const certificate = await readCertificate(ctx, { id, kind });
    const { zone } = await inTransaction(ctx, loadOrganization);
    const address = `${publicUrl}/verify`;
    return layOutCertificate({ certificate, locale, address, fontFolder, zone });
  },
  audit: "by run",
});
