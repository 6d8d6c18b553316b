// oxlint-disable-next-line house/no-ambient-input -- a hash depends on what is hashed alone
import { hash } from "node:crypto";
import { Integer, OctetString } from "asn1js";
import {
  AlgorithmIdentifier,
  type Certificate,
  type ContentInfo,
  MessageImprint,
  PKIStatus,
  SignedData,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from "pkijs";

const SHA_256 = "2.16.840.1.101.3.4.2.1";
const granted = new Set([PKIStatus.granted, PKIStatus.grantedWithMods]);

export type TimestampFault = "not-read" | "not-granted" | "other-imprint" | "not-signed";

export type ReadTimestamp =
  /** `token`: DER, as `openssl ts -verify -token_in` reads it. */
  { ok: true; token: Uint8Array; at: Date } | { ok: false; fault: TimestampFault };

/** Asks for a time stamp on a text (RFC 3161), with the certificate that signs it. */
export function timestampQuery(text: Uint8Array, nonce: Uint8Array): Uint8Array {
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA_256 }),
      hashedMessage: new OctetString({ valueHex: Uint8Array.from(digestOf(text)).buffer }),
    }),
    nonce: integerOf(nonce),
    certReq: true,
  });
  return new Uint8Array(request.toSchema().toBER());
}

/**
 * What an authority answered: a token for this text and this question, whose signature holds; and
 * whose certificate leads to one of `roots`, where there are any.
 */
export async function readTimestamp(
  answer: Uint8Array,
  text: Uint8Array,
  nonce: Uint8Array,
  roots: readonly Certificate[] = [],
): Promise<ReadTimestamp> {
  try {
    const { status, timeStampToken } = TimeStampResp.fromBER(Uint8Array.from(answer));
    const isGranted = granted.has(status.status);
    if (!isGranted || !timeStampToken) return { ok: false, fault: "not-granted" };
    return await readToken(timeStampToken, text, nonce, roots);
  } catch {
    return { ok: false, fault: "not-read" };
  }
}

async function readToken(
  token: ContentInfo,
  text: Uint8Array,
  nonce: Uint8Array,
  roots: readonly Certificate[],
): Promise<ReadTimestamp> {
  const signed = new SignedData({ schema: token.content });
  const content = signed.encapContentInfo.eContent?.getValue();
  if (content === undefined) return { ok: false, fault: "not-read" };

  const stated = TSTInfo.fromBER(content);
  if (!isAbout(stated, text, nonce)) return { ok: false, fault: "other-imprint" };
  const checked = await signed
    .verify({
      signer: 0,
      data: Uint8Array.from(text).buffer,
      trustedCerts: [...roots],
      checkChain: roots.length > 0,
      checkDate: stated.genTime,
    })
    .catch(() => false);
  if (!checked) return { ok: false, fault: "not-signed" };
  return { ok: true, token: new Uint8Array(token.toSchema().toBER()), at: stated.genTime };
}

function isAbout(
  { messageImprint, nonce: answered }: TSTInfo,
  text: Uint8Array,
  nonce: Uint8Array,
) {
  const { hashAlgorithm, hashedMessage } = messageImprint;
  const imprint = Buffer.from(hashedMessage.valueBlock.valueHexView);
  return (
    hashAlgorithm.algorithmId === SHA_256 &&
    imprint.equals(digestOf(text)) &&
    answered !== undefined &&
    Buffer.from(answered.valueBlock.valueHexView).equals(valueOf(nonce))
  );
}

const digestOf = (text: Uint8Array) => hash("sha256", text, "buffer");

/** A whole number that is above zero whatever the bytes: DER would drop a zero, and read a sign. */
const valueOf = (nonce: Uint8Array) => Buffer.from([1, ...nonce]);
const integerOf = (nonce: Uint8Array) =>
  new Integer({ valueHex: Uint8Array.from(valueOf(nonce)).buffer });
