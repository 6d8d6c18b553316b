import { checkCertificate, type Trust, type Verification } from "@ringfence/core/ledger";
import { attachedCertificate } from "./attached-certificate.ts";

/**
 * Checks a file: a certificate, the PDF that one is attached to, or a receipt. It asks nobody for
 * anything, and runs in a browser as well.
 */
export async function verify(file: Uint8Array, trust: Trust = {}): Promise<Verification> {
  const text = isPdf(file) ? await attachedCertificate(file) : textOf(file);
  return checkCertificate(text ?? "{}", trust);
}

const isPdf = (file: Uint8Array) => textOf(file.subarray(0, 5)) === "%PDF-";

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
