import { z } from "zod";
import type { Message } from "../../../platform/message/index.ts";
import { decodeJsonPart } from "../../../platform/base64.ts";
import { hasRepeatedNames } from "../../../platform/text/index.ts";
import { STATEMENT_TYPE } from "../statement.ts";

/** A statement and what proves it; `proof` is null until the log holds it. */
export const ProvenStatement = z
  .strictObject({
    /** SD-JWT (RFC 9901), with the claims that are shown. */
    statement: z.string(),
    /** Its entry in the log. */
    leaf: z.string(),
    /** C2SP tlog-proof: index, path, and signed checkpoint. */
    proof: z.string().nullable(),
    /** RFC 3161 tokens over that checkpoint, base64. */
    timestamps: z.array(z.string()),
  })
  .meta({ id: "ProvenStatement" });
export type ProvenStatement = z.infer<typeof ProvenStatement>;

/**
 * Everything that is needed to check a statement without asking us. Each part but `format` and `policy` is signed, or
 * is checked against a signed part, so a reader who has the keys from elsewhere notices every alteration. Claims and
 * later statements that were left out are reported as missing.
 */
export const Certificate = z
  .strictObject({
    format: z.literal("ringfence/certificate@v1"),
    ...ProvenStatement.shape,
    /** The text that the person was shown, whose hash is signed. */
    words: z.strictObject({ language: z.string(), text: z.string() }).nullable(),
    /**
     * Later statements about the same number. Those about the same consent are shown in full, opt-outs without
     * notes, and the others show only their kind, their place in the chain and, if they end a consent, which.
     */
    later: z.array(ProvenStatement),
    /**
     * JWS in which the issuer states which statement was the last of the chain when the certificate was
     * made. Older certificates, and those that show no chain, have none.
     */
    chainHead: z.string().optional(),
    /** The keys whose signatures count (C2SP tlog-policy). */
    policy: z.string(),
  })
  .meta({ id: "Certificate" });
export type Certificate = z.infer<typeof Certificate>;

export type CertificateFile =
  | { certificate: Certificate; receipt?: never; fault?: never }
  | { receipt: string; certificate?: never; fault?: never }
  | { fault: Message; certificate?: never; receipt?: never };

const damaged: Message = { key: "verify.damaged" };
const noCertificate: Message = { key: "verify.no-certificate" };

/**
 * Reads a certificate or a receipt. Otherwise says why it is neither: damaged, of a newer format, with one name
 * twice in an object, or something else. Checks no signature.
 */
export function readCertificateFile(text: string): CertificateFile {
  const trimmed = text.trim();
  if (!trimmed.startsWith("{")) {
    if (isReceipt(trimmed)) return { receipt: trimmed };
    return { fault: looksLikeOurs(trimmed) ? damaged : noCertificate };
  }
  const value = parseJson(text);
  const certificate = Certificate.safeParse(value);
  if (!certificate.success) {
    if (isNewer(value)) return { fault: { key: "verify.form-newer" } };
    return { fault: looksLikeOurs(trimmed) ? damaged : noCertificate };
  }
  // If a name appears twice, some programs read the first value and others the last.
  return hasRepeatedNames(text, value)
    ? { fault: { key: "verify.name-twice" } }
    : { certificate: certificate.data };
}

/** True if the text begins with the header of a statement. */
function isReceipt(text: string): boolean {
  const header = decodeJsonPart(text.slice(0, Math.max(0, text.indexOf("."))));
  return (
    typeof header === "object" &&
    header !== null &&
    "typ" in header &&
    header.typ === STATEMENT_TYPE
  );
}

/** True if the text looks like a certificate or a receipt that was cut or changed. */
const looksLikeOurs = (text: string) =>
  /"ringfence\/certificate|"statement"\s*:\s*"eyJ/.test(text) || /^eyJ[\w-]*\./.test(text);

const FORMAT = /^ringfence\/certificate@v(?<version>\d+)$/;

function isNewer(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("format" in value)) return false;
  return Number(FORMAT.exec(String(value.format))?.groups?.version ?? 0) > 1;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
