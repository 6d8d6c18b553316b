import {
  leaveStepOpen,
  addStep,
  checkCertificate,
  failStep,
  type Trust,
  type Verification,
} from "@ringfence/core/proof/ledger";
import type { Message } from "@ringfence/core/platform/message";
import { type PackFiles, checkPack } from "@ringfence/core/proof/pack";
import { unzipSync } from "fflate/browser";
import { checkTimestamps } from "./check-timestamps.ts";

/** Keys and roots that the reader has from elsewhere. */
export type ReaderTrust = Trust & {
  /** Root certificates (PEM) of time-stamping authorities that the reader trusts. */
  roots?: string | undefined;
};

/**
 * Checks a file: an evidence pack (ZIP), a certificate, the PDF that one is attached to, or a receipt. It asks nobody
 * for anything, and runs in a browser as well. What cannot be read is a verdict too: it never throws.
 */
export async function verify(file: Uint8Array, trust: ReaderTrust = {}): Promise<Verification> {
  if (isZip(file)) {
    const { files, fault } = readZip(file);
    return fault ? withoutCertificate(trust, fault) : checkPack(files, trust);
  }
  if (!isPdf(file)) return verifyText(decodeText(file), trust);
  const { text, fault } = await findAttachedCertificate(file);
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

/** Creates the result for a PDF or a ZIP in which nothing can be checked. */
const withoutCertificate = (trust: Trust, fault: Parameters<typeof failStep>[1]): Verification =>
  addStep({ ...checkCertificate("", trust), steps: [] }, failStep("form", fault), "form");

const isZip = (file: Uint8Array) => decodeText(file.subarray(0, 4)) === "PK\u0003\u0004";

/** Largest unpacked pack: one that was made to fill the memory is not unpacked. */
const MAX_BYTES = 1_000_000_000;

type ZipFiles = { files: PackFiles; fault?: never } | { fault: Message; files?: never };

/** Unpacks a ZIP, unless it is damaged, too large, or has two files of one name. */
function readZip(zip: Uint8Array): ZipFiles {
  const names: string[] = [];
  let bytes = 0;
  try {
    const files = unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        names.push(name);
        bytes += originalSize;
        return !name.endsWith("/") && bytes <= MAX_BYTES;
      },
    });
    // An object cannot hold every name: a file `__proto__` would be missing from what is checked.
    const unpacked = names.filter((name) => !name.endsWith("/"));
    const isWhole =
      new Set(names).size === names.length &&
      Object.keys(files).length === unpacked.length &&
      bytes <= MAX_BYTES;
    if (!isWhole) return { fault: { key: "verify.pack.zip-broken" } };
    return { files: new Map(Object.entries(files)) };
  } catch {
    return { fault: { key: "verify.pack.zip-broken" } };
  }
}

const isPdf = (file: Uint8Array) => decodeText(file.subarray(0, 5)) === "%PDF-";

const decodeText = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Marks the beginning of an attached file's bytes in a PDF (ISO 32000-1, 7.11.4). */
const FILE = /\/Type\s*\/EmbeddedFile\b(?<dictionary>[^]*?)stream\r?\n/g;
const LENGTH = /\/Length (?<bytes>\d+)/;
const FORMAT = '"ringfence/certificate@';

type AttachedCertificate = { text: string; fault?: never } | { fault: Message; text?: never };

/** Finds the one certificate that is attached to a PDF, or says why there is none that counts. */
async function findAttachedCertificate(pdf: Uint8Array): Promise<AttachedCertificate> {
  const latin = new TextDecoder("latin1").decode(pdf);
  const found = new Set<string>();
  let hasOtherFile = false;
  for (const { index, 0: head, groups } of latin.matchAll(FILE)) {
    const start = index + head.length;
    const bytes = LENGTH.exec(groups?.dictionary ?? "")?.groups?.bytes ?? 0;
    const text = await inflate(pdf.slice(start, start + Number(bytes)));
    if (text?.includes(FORMAT)) found.add(text);
    else hasOtherFile = true;
  }
  const [text, ...others] = found;
  if (others.length > 0) return { fault: { key: "verify.pdf-several" } };
  if (text !== undefined) return { text };
  return { fault: { key: hasOtherFile ? "verify.pdf-damaged" : "verify.pdf-without" } };
}

/** Decompresses a text (zlib, RFC 1950); null if the bytes are no compressed text. */
async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<string | null> {
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return await new Response(stream).text();
  } catch {
    return null;
  }
}
