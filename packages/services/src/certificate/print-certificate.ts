import type { Locale } from "@ringfence/core/message";
import { allow } from "../access/allow.ts";
import { inTransaction, type RootContext } from "../context.ts";
import { organizationOf } from "../organization/organization-of.ts";
import { layCertificate } from "./lay-certificate.ts";
import { readCertificate } from "./read-certificate.ts";

/** `publicUrl` is where people reach the pages, as an origin: that of checking is printed. */
export type PrintCertificate = { id: string; locale: Locale; publicUrl: string };

/** A certificate as a PDF, with itself attached, by which anyone checks it. */
export async function printCertificate(
  ctx: RootContext,
  { id, locale, publicUrl }: PrintCertificate,
): Promise<Uint8Array> {
  allow(ctx, "proof.read");

  const certificate = await readCertificate(ctx, { id });
  const { zone } = await inTransaction(ctx, organizationOf);
  return layCertificate({ certificate, locale, address: `${publicUrl}/verify`, zone });
}
