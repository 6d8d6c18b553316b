import {
  type CheckedStep,
  type ProvenStatement,
  failStep,
  leaveStepOpen,
  passStep,
  readBase64,
  readCertificateFile,
  readNote,
  readTlogProof,
} from "@ringfence/core/proof/ledger";
import { Certificate } from "pkijs";
import { type StampResult, readStamp } from "./read-stamp.ts";

/**
 * Checks the time stamps (RFC 3161) of a certificate and of its later statements. `pem` holds the roots that the reader
 * trusts. One wrong stamp fails the step. Otherwise the step reports a stamp of the certificate itself: the first that
 * is trusted or, failing that, the first. Null if the file is no certificate.
 */
export async function checkTimestamps(text: string, pem: string): Promise<CheckedStep | null> {
  const { certificate } = readCertificateFile(text);
  if (!certificate) return null;
  const roots = readRoots(pem);
  if (roots === null) return failStep("timestamp", { key: "verify.trust-broken" });

  const all = [certificate, ...certificate.later];
  const stamps = await Promise.all(all.flatMap((one) => readStamps(one, roots)));
  const fault = stamps.find(({ fault }) => fault !== undefined)?.fault;
  if (fault) return failStep("timestamp", { key: `verify.timestamp-${fault}` });

  const ofCertificate = stamps
    .slice(0, certificate.timestamps.length)
    .flatMap(({ stamp }) => stamp ?? []);
  const first = ofCertificate.find(({ isTrusted }) => isTrusted) ?? ofCertificate[0];
  if (!first) return leaveStepOpen("timestamp", { key: "verify.timestamp-none" });
  const { by, at, isTrusted } = first;
  return isTrusted
    ? passStep("timestamp", { key: "verify.timestamp-right", values: { by, at } })
    : leaveStepOpen("timestamp", { key: "verify.timestamp-untrusted", values: { by, at } });
}

/** Reads the timestamps of a proof's checkpoint. */
function readStamps(
  { proof, timestamps }: ProvenStatement,
  roots: readonly Certificate[],
): Promise<StampResult>[] {
  const note = readNote(readTlogProof(proof ?? "")?.checkpoint ?? "");
  const text = new TextEncoder().encode(note?.text ?? "");
  return timestamps.map((token) => readStamp(readBase64(token) ?? new Uint8Array(), text, roots));
}

const PEM = /-----BEGIN CERTIFICATE-----(?<base64>[^-]+)-----END CERTIFICATE-----/g;

/** Reads the certificates in a text (RFC 7468), perhaps none; null if one of them cannot be read. */
export function readRoots(pem: string): Certificate[] | null {
  try {
    return [...pem.matchAll(PEM)].map(({ groups }) => {
      const der = readBase64((groups?.base64 ?? "").replaceAll(/\s/g, ""));
      return Certificate.fromBER(Uint8Array.from(der ?? []));
    });
  } catch {
    return null;
  }
}
