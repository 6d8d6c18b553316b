import {
  leaveStepOpen,
  type CheckedStep,
  failStep,
  passStep,
  type ProvenStatement,
  readCertificateFile,
  readNote,
  readTlogProof,
} from "@ringfence/core/proof/ledger";
import type { Certificate } from "pkijs";
import { type StampResult, readStamp } from "./read-stamp.ts";
import { readRoots } from "./timestamp-roots.ts";

/** The time stamps (RFC 3161) of all that a certificate proves; null where the file is none. */
export async function checkTimestamps(text: string, pem: string): Promise<CheckedStep | null> {
  const { certificate } = readCertificateFile(text);
  if (!certificate) return null;
  const roots = readRoots(pem);
  if (roots === null) return failStep("timestamp", { key: "verify.trust-broken" });

  const all = [certificate, ...certificate.later];
  const stamps = await Promise.all(all.flatMap((one) => readStamps(one, roots)));
  const fault = stamps.find(({ fault }) => fault !== undefined)?.fault;
  if (fault) return failStep("timestamp", { key: `verify.timestamp-${fault}` });

  const own = stamps.slice(0, certificate.timestamps.length).flatMap(({ stamp }) => stamp ?? []);
  const first = own.find(({ isTrusted }) => isTrusted) ?? own[0];
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
  return timestamps.map((token) => readStamp(token, note?.text ?? "", roots));
}
