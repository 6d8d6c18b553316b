import {
  leaveStepOpen,
  addStep,
  checkCertificate,
  failStep,
  type Trust,
  type Verification,
} from "@ringfence/core/proof/ledger";
import { attachedCertificate } from "./attached-certificate.ts";
import { checkTimestamps } from "./check-timestamps.ts";

/** Keys and roots that the reader has from elsewhere. */
export type ReaderTrust = Trust & {
  /** Root certificates (PEM) of time-stamping authorities that the reader trusts. */
  roots?: string | undefined;
};

/**
 * Checks a file: a certificate, the PDF that one is attached to, or a receipt. It asks nobody for
 * anything, and runs in a browser as well.
 */
export async function verify(file: Uint8Array, trust: ReaderTrust = {}): Promise<Verification> {
  if (!isPdf(file)) return verifyText(decodeText(file), trust);
  const { text, fault } = await attachedCertificate(file);
  if (fault) return withoutCertificate(trust, fault);
  const verification = await verifyText(text, trust);
  if (verification.claims === null) return verification;
  return addStep(verification, leaveStepOpen("face", { key: "verify.face" }), "keys");
}

async function verifyText(text: string, { roots, ...trust }: ReaderTrust): Promise<Verification> {
  const checked = checkCertificate(text, trust);
  const timestamp = checked.claims === null ? null : await checkTimestamps(text, roots ?? "");
  return timestamp === null ? checked : addStep(checked, timestamp, "later");
}

/** A PDF in which nothing can be checked. */
const withoutCertificate = (trust: Trust, fault: Parameters<typeof failStep>[1]): Verification =>
  addStep({ ...checkCertificate("", trust), steps: [] }, failStep("form", fault), "form");

const isPdf = (file: Uint8Array) => decodeText(file.subarray(0, 5)) === "%PDF-";

const decodeText = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
