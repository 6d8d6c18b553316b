import {
  absent,
  Certificate,
  type Checked,
  failed,
  passed,
  type ProvenStatement,
  readBase64,
  readNote,
  readTlogProof,
} from "@ringfence/core/ledger";
import { fromBER } from "asn1js";
import { ContentInfo, type Certificate as Certified, SignedData, TSTInfo } from "pkijs";

const SHA_256 = "2.16.840.1.101.3.4.2.1";
const COMMON_NAME = "2.5.4.3";

type Stamp = { at: Date; by: string };

/** The time stamps (RFC 3161) of all that a certificate proves; null where the file is none. */
export async function checkTimestamps(text: string): Promise<Checked | null> {
  const certificate = Certificate.safeParse(jsonOf(text));
  if (!certificate.success) return null;
  const all = [certificate.data, ...certificate.data.later];
  const stamps = await Promise.all(all.flatMap(stampsOf));
  const [first] = stamps.slice(0, certificate.data.timestamps.length);
  if (stamps.some((stamp) => stamp === null)) {
    return failed("timestamp", { key: "verify.timestamp-wrong" });
  }
  return first
    ? passed("timestamp", { key: "verify.timestamp-right", values: first })
    : absent("timestamp", { key: "verify.timestamp-none" });
}

/** Each of a proof's stamps; null for one that is not over its checkpoint, or was not signed so. */
function stampsOf({ proof, timestamps }: ProvenStatement): Promise<Stamp | null>[] {
  const note = readNote(readTlogProof(proof ?? "")?.checkpoint ?? "");
  return timestamps.map((token) => readStamp(token, note?.text ?? "").catch(() => null));
}

async function readStamp(token: string, text: string): Promise<Stamp | null> {
  const der = readBase64(token);
  const parsed = fromBER(Uint8Array.from(der ?? []));
  // One that is followed by something is not the one that was given.
  if (der === null || parsed.offset !== der.length) return null;
  const signed = new SignedData({ schema: new ContentInfo({ schema: parsed.result }).content });
  const content = signed.encapContentInfo.eContent?.getValue();
  if (content === undefined) return null;

  const data = new TextEncoder().encode(text);
  const { genTime: at, messageImprint } = TSTInfo.fromBER(content);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  const imprint = messageImprint.hashedMessage.valueBlock.valueHexView;
  const isOverText =
    messageImprint.hashAlgorithm.algorithmId === SHA_256 && String(imprint) === String(digest);
  const isSigned = await signed.verify({ signer: 0, data: data.buffer, checkChain: false });
  return isOverText && isSigned ? { at, by: nameOf(signed) } : null;
}

/** As the certificate inside the stamp calls whoever signed it. */
function nameOf({ certificates = [] }: SignedData): string {
  const names = certificates
    .filter((one): one is Certified => "subject" in one)
    .flatMap(({ subject }) => subject.typesAndValues)
    .filter(({ type }) => type === COMMON_NAME);
  return names.map(({ value }) => String(value.valueBlock.value)).join(", ");
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
