import { fromBER, OctetString, Sequence } from "asn1js";
import {
  Certificate,
  CertificateChainValidationEngine,
  ContentInfo,
  ExtKeyUsage,
  SignedData,
  TSTInfo,
} from "pkijs";

const SHA_256 = "2.16.840.1.101.3.4.2.1";
const TST_INFO = "1.2.840.113549.1.9.16.1.4";
const CONTENT_TYPE = "1.2.840.113549.1.9.3";
const SIGNING_CERTIFICATES = new Set(["1.2.840.113549.1.9.16.2.12", "1.2.840.113549.1.9.16.2.47"]);
const EXTENDED_KEY_USAGE = "2.5.29.37";
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
const COMMON_NAME = "2.5.4.3";
/** No authority needs more, and one that names issuers in a circle would keep us busy for ever. */
const MAX_ISSUERS = 16;

export type Stamp = {
  at: Date;
  /** Name of the signer, from its certificate. */
  by: string;
  /** True if its chain leads to a root that the reader gave. */
  isTrusted: boolean;
};

export type StampResult =
  | { stamp: Stamp; fault?: never }
  | { fault: "wrong" | "purpose"; stamp?: never };

const wrong: StampResult = { fault: "wrong" };

/**
 * Reads a time stamp (RFC 3161, a token in DER) on a text. The signer of the ledger accepts no other, so that every
 * stamp on record passes here. The fault `wrong`: malformed, about another text, or not signed by the certificate that
 * it names. `purpose`: that certificate is not for time stamps, or was not valid at the time. Never throws.
 */
export async function readStamp(
  token: Uint8Array,
  text: Uint8Array,
  roots: readonly Certificate[],
): Promise<StampResult> {
  try {
    const signed = parseToken(token);
    return signed ? await checkToken(signed, text, roots) : wrong;
  } catch {
    return wrong;
  }
}

/** Parses a token; null unless it is one, of exactly one signer and with nothing after it. */
function parseToken(token: Uint8Array): SignedData | null {
  const parsed = fromBER(Uint8Array.from(token));
  if (parsed.offset !== token.length) return null;
  const signed = new SignedData({ schema: new ContentInfo({ schema: parsed.result }).content });
  const isToken =
    signed.encapContentInfo.eContentType === TST_INFO && signed.signerInfos.length === 1;
  return isToken ? signed : null;
}

async function checkToken(
  signed: SignedData,
  text: Uint8Array,
  roots: readonly Certificate[],
): Promise<StampResult> {
  const content = signed.encapContentInfo.eContent?.getValue();
  if (content === undefined) return wrong;
  const { genTime: at, messageImprint } = TSTInfo.fromBER(content);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(text)));
  const isOverText =
    messageImprint.hashAlgorithm.algorithmId === SHA_256 &&
    isSameBytes(messageImprint.hashedMessage.valueBlock.valueHexView, digest);
  if (!isOverText) return wrong;

  const { signatureVerified, signerCertificate } = await signed.verify({
    signer: 0,
    data: Uint8Array.from(text).buffer,
    checkChain: false,
    extendedMode: true,
  });
  if (signatureVerified !== true || !signerCertificate) return wrong;
  if (!namesContent(signed) || !(await namesSigner(signed, signerCertificate))) return wrong;
  if (!isForStamps(signerCertificate) || !isValidAt(signerCertificate, at)) {
    return { fault: "purpose" };
  }
  const isTrusted = roots.length > 0 && (await leadsTo(roots, signed, signerCertificate, at));
  return { stamp: { at, by: formatName(signerCertificate), isTrusted } };
}

/** True if a certificate is for time stamps and nothing else, in an extension that is critical (RFC 3161, 2.3). */
function isForStamps({ extensions = [] }: Certificate): boolean {
  const [usage, ...more] = extensions.filter(({ extnID }) => extnID === EXTENDED_KEY_USAGE);
  if (usage === undefined || more.length > 0 || !usage.critical) return false;
  const { parsedValue } = usage;
  return parsedValue instanceof ExtKeyUsage && String(parsedValue.keyPurposes) === TIME_STAMPING;
}

const isValidAt = ({ notBefore, notAfter }: Certificate, at: Date) =>
  notBefore.value <= at && at <= notAfter.value;

/** True if the signed attributes say that what was signed is a time stamp. */
const namesContent = ({ signerInfos }: SignedData) =>
  listSignedAttributes(signerInfos).some(
    ({ type, values }) =>
      type === CONTENT_TYPE && String(values[0]?.valueBlock.toString()) === TST_INFO,
  );

/** True if the signed attributes name the certificate (RFC 5816), so that no other of the same key can replace it. */
async function namesSigner({ signerInfos }: SignedData, signer: Certificate): Promise<boolean> {
  const named = listSignedAttributes(signerInfos).filter(({ type }) =>
    SIGNING_CERTIFICATES.has(type),
  );
  const der = signer.toSchema().toBER();
  for (const { values } of named) {
    const hash = firstOctets(values[0]);
    const algorithm = hash && hashes.get(hash.length);
    if (!algorithm) return false;
    const digest = new Uint8Array(await crypto.subtle.digest(algorithm, der));
    if (!isSameBytes(digest, hash)) return false;
  }
  return named.length > 0;
}

const hashes = new Map([
  [20, "SHA-1"],
  [32, "SHA-256"],
  [48, "SHA-384"],
  [64, "SHA-512"],
]);

const listSignedAttributes = (signerInfos: SignedData["signerInfos"]) =>
  signerInfos[0]?.signedAttrs?.attributes ?? [];

/** Finds the first octets in a structure: the hash of the first certificate named. */
function firstOctets(value: unknown): Uint8Array | null {
  if (value instanceof OctetString) return value.valueBlock.valueHexView;
  if (!(value instanceof Sequence)) return null;
  for (const one of value.valueBlock.value) {
    const found = firstOctets(one);
    if (found) return found;
  }
  return null;
}

/**
 * True if a chain of authorities, each valid at that time, leads from a root to the signer. The library drops
 * duplicate certificates and may then follow another one's chain, so the signer's duplicates are removed first.
 */
async function leadsTo(
  roots: readonly Certificate[],
  { certificates = [] }: SignedData,
  signer: Certificate,
  at: Date,
): Promise<boolean> {
  if (roots.some((root) => isSameCertificate(root, signer))) return true;
  const others = certificates.filter(
    (one): one is Certificate => one instanceof Certificate && !isSameCertificate(one, signer),
  );
  let issuersTried = 0;
  const engine = new CertificateChainValidationEngine({
    trustedCerts: [...roots],
    certs: [...others, signer],
    checkDate: at,
    findIssuer(certificate, validation, engine) {
      if (++issuersTried > MAX_ISSUERS) throw new Error("the issuers lead nowhere");
      return validation.defaultFindIssuer(certificate, validation, engine);
    },
  });
  const { result, certificatePath = [] } = await engine.verify();
  const [leaf] = certificatePath;
  return result && leaf !== undefined && isSameCertificate(leaf, signer);
}

const isSameCertificate = ({ tbsView: one }: Certificate, { tbsView: other }: Certificate) =>
  isSameBytes(one, other);

function formatName({ subject }: Certificate): string {
  const names = subject.typesAndValues.filter(({ type }) => type === COMMON_NAME);
  return names.map(({ value }) => value.valueBlock.value).join(", ");
}

const isSameBytes = (one: Uint8Array, other: Uint8Array) =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);
