import type { Message } from "../../platform/message/index.ts";
import { Certificate } from "./certificate.ts";
import { readJsonPart } from "./base64url-json.ts";
import { STATEMENT_TYPE } from "./statement.ts";

export type CertificateFile =
  | { certificate: Certificate; receipt?: never; fault?: never }
  | { receipt: string; certificate?: never; fault?: never }
  | { fault: Message; certificate?: never; receipt?: never };

const damaged: Message = { key: "verify.damaged" };
const none: Message = { key: "verify.no-certificate" };

/** Reads a certificate or a receipt, or says why it is neither: damaged, newer, or something else. */
export function readCertificateFile(text: string): CertificateFile {
  const trimmed = text.trim();
  if (!trimmed.startsWith("{")) {
    if (isReceipt(trimmed)) return { receipt: trimmed };
    return { fault: isOurs(trimmed) ? damaged : none };
  }
  const value = parseJson(text);
  const certificate = Certificate.safeParse(value);
  if (!certificate.success) {
    if (isNewer(value)) return { fault: { key: "verify.form-newer" } };
    return { fault: isOurs(trimmed) ? damaged : none };
  }
  // If a name appears twice, some programs read the first value and others the last.
  const hasDuplicates = countNamesIn(text) !== countNames(value);
  return hasDuplicates
    ? { fault: { key: "verify.name-twice" } }
    : { certificate: certificate.data };
}

/** True if the text begins with the header of a statement. */
function isReceipt(text: string): boolean {
  const header = readJsonPart(text.slice(0, Math.max(0, text.indexOf("."))));
  return (
    typeof header === "object" &&
    header !== null &&
    "typ" in header &&
    header.typ === STATEMENT_TYPE
  );
}

/** True if the text looks like a certificate or a receipt that was cut or changed. */
const isOurs = (text: string) =>
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

const NAME_OR_TEXT = /"(?:[^"\\]|\\.)*"\s*(?<colon>:?)/g;

const countNamesIn = (text: string): number =>
  [...text.matchAll(NAME_OR_TEXT)].filter(({ groups }) => groups?.colon === ":").length;

function countNames(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, one) => sum + countNames(one), own);
}
