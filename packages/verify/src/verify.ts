import { checkCertificate, type Trust, type Verification, verdictOf } from "@ringfence/core/ledger";
import { attachedCertificate } from "./attached-certificate.ts";
import { checkTimestamps } from "./check-timestamps.ts";

/**
 * Checks a file: a certificate, the PDF that one is attached to, or a receipt. It asks nobody for
 * anything, and runs in a browser as well.
 */
export async function verify(file: Uint8Array, trust: Trust = {}): Promise<Verification> {
  const text = (isPdf(file) ? await attachedCertificate(file) : textOf(file)) ?? "{}";
  const checked = checkCertificate(text, trust);
  const timestamp = await checkTimestamps(text);
  if (checked.claims === null || timestamp === null) return checked;

  const place = checked.steps.findIndex(({ step }) => step === "later");
  const steps = checked.steps.toSpliced(place, 0, timestamp);
  return { ...checked, verdict: verdictOf(steps), steps };
}

const isPdf = (file: Uint8Array) => textOf(file.subarray(0, 5)) === "%PDF-";

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
