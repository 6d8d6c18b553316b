import { confirmCheckpoint } from "./confirm-checkpoint.ts";
import { sql } from "kysely";
import { z } from "zod";
import { readNote } from "@ringfence/core/proof/ledger";
import type { Message } from "@ringfence/core/platform/message";
import {
  AlgorithmIdentifier,
  Certificate,
  type ContentInfo,
  MessageImprint,
  PKIStatus,
  SignedData,
  TSTInfo,
  TimeStampReq,
  TimeStampResp,
} from "pkijs";
import { type Installation, selectRows } from "../../platform/internal.ts";
import { readStamp } from "ringfence-verify/read-stamp";
import { postToOutside } from "./outside-request.ts";
import { LOG_ID } from "./tiles.ts";
// oxlint-disable-next-line house/no-ambient-input -- a hash depends on what is hashed alone
import { hash } from "node:crypto";
import { Integer, OctetString } from "asn1js";

const NONCE_BYTES = 16;
/** Hours between time stamps of one authority, because authorities limit requests. */
const INTERVAL_HOURS = 1;

/**
 * A time-stamping authority (RFC 3161), and the roots that its certificate must lead to. Without roots, that is not
 * checked.
 */
export type TimestampAuthority = { url: string; roots: readonly Certificate[] };

export type TimestampOutcome =
  | { outcome: "stamped"; size: number; at: Date }
  | { outcome: "unchanged" }
  | { outcome: "failed"; fault: Message };

/**
 * Has an outside authority time-stamp the text of the latest checkpoint, at most once an hour: otherwise, and for a
 * checkpoint that it has stamped, the outcome is `unchanged`. The time stamp proves that the checkpoint existed by
 * then, and nothing else. Rejects if the authority does not respond.
 */
export async function timestampCheckpoint(
  { db, keys }: Pick<Installation, "db" | "keys">,
  { url, roots }: TimestampAuthority,
): Promise<TimestampOutcome> {
  const { prisma } = db;
  const [latest] = await selectRows(
    { db: prisma },
    z.object({ size: z.number(), note: z.string(), isStamped: z.boolean() }),
    sql`
    SELECT size::float8, note, EXISTS (
      SELECT FROM ledger.tsa_token
      WHERE tsa_token.log_id = checkpoint.log_id AND tsa = ${url}
        AND (tsa_token.size = checkpoint.size
          OR at > clock_timestamp() - make_interval(hours => ${INTERVAL_HOURS}::int))
    ) AS "isStamped"
    FROM ledger.checkpoint WHERE log_id = ${LOG_ID} ORDER BY size DESC LIMIT 1`,
  );
  const note = latest && readNote(latest.note);
  if (!note || latest.isStamped) return { outcome: "unchanged" };
  await confirmCheckpoint(prisma, latest.size);

  const text = new TextEncoder().encode(note.text);
  const nonce = keys.random(NONCE_BYTES);
  const query = createTimestampQuery(text, nonce);
  const answer = await postToOutside(url, "application/timestamp-query", query);
  const read = await readTimestamp(answer.body, text, nonce, roots);
  if (!read.ok) {
    const values = { url, status: answer.status };
    return { outcome: "failed", fault: { key: `ledger.not-stamped-${read.fault}`, values } };
  }
  await prisma.$executeRaw`
    INSERT INTO ledger.tsa_token (log_id, size, tsa, token)
    VALUES (${LOG_ID}, ${BigInt(latest.size)}, ${url}, ${Uint8Array.from(read.token)})
    ON CONFLICT DO NOTHING`;
  return { outcome: "stamped", size: latest.size, at: read.at };
}

const SHA_256 = "2.16.840.1.101.3.4.2.1";
const grantedStatuses = new Set([PKIStatus.granted, PKIStatus.grantedWithMods]);

type TimestampFault = "not-read" | "not-granted" | "other-imprint" | "not-signed";

type ReadTimestamp =
  /** `token`: DER, as `openssl ts -verify -token_in` reads it. */
  { ok: true; token: Uint8Array; at: Date } | { ok: false; fault: TimestampFault };

/** Asks for a time stamp on a text (RFC 3161), with the certificate that signs it. */
function createTimestampQuery(text: Uint8Array, nonce: Uint8Array): Uint8Array {
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA_256 }),
      hashedMessage: new OctetString({ valueHex: Uint8Array.from(sha256(text)).buffer }),
    }),
    nonce: toInteger(nonce),
    certReq: true,
  });
  return new Uint8Array(request.toSchema().toBER());
}

/**
 * Reads an authority's answer. Accepts only a token for this text and this request that passes the checks of our own
 * verifier: one wrong stamp on record would make it call every later certificate broken. The token's certificate must
 * lead to one of `roots` if there are any.
 */
async function readTimestamp(
  answer: Uint8Array,
  text: Uint8Array,
  nonce: Uint8Array,
  roots: readonly Certificate[] = [],
): Promise<ReadTimestamp> {
  try {
    const { status, timeStampToken } = TimeStampResp.fromBER(Uint8Array.from(answer));
    const isGranted = grantedStatuses.has(status.status);
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
  const der = new Uint8Array(token.toSchema().toBER());
  const { stamp } = await readStamp(der, text, roots);
  if (!stamp || (roots.length > 0 && !stamp.isTrusted)) return { ok: false, fault: "not-signed" };
  return { ok: true, token: der, at: stamp.at };
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
    imprint.equals(sha256(text)) &&
    answered !== undefined &&
    Buffer.from(answered.valueBlock.valueHexView).equals(toPositiveBytes(nonce))
  );
}

const sha256 = (text: Uint8Array) => hash("sha256", text, "buffer");

/** Makes the bytes a positive DER integer, without leading zeros or a sign bit. */
const toPositiveBytes = (nonce: Uint8Array) => Buffer.from([1, ...nonce]);
const toInteger = (nonce: Uint8Array) =>
  new Integer({ valueHex: Uint8Array.from(toPositiveBytes(nonce)).buffer });

const PEM = /-----BEGIN CERTIFICATE-----(?<base64>[^-]+)-----END CERTIFICATE-----/g;

/** Parses the certificates in a PEM file (RFC 7468). Throws if one is not valid. */
export const parseRootCertificates = (pem: string): Certificate[] =>
  [...pem.matchAll(PEM)].map(({ groups }) =>
    Certificate.fromBER(Uint8Array.from(Buffer.from(groups?.base64 ?? "", "base64"))),
  );
