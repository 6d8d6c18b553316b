import { ed25519 } from "@noble/curves/ed25519.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import { decodeBase64url, decodeJsonPart } from "../../../platform/base64.ts";
import { computeThumbprint } from "../../../platform/public-key/index.ts";

export const CHAIN_HEAD_TYPE = "ringfence-chain-head+jwt";

/** Names the last statement about a subject at a given time. Contains no personal data. */
export const ChainHead = z.strictObject({
  iss: z.string(),
  /** The time at which it was the last, in seconds that a date can hold. */
  iat: z.int().nonnegative().max(8.64e12),
  /** Sequence number of the last statement. */
  sequence: z.int().positive(),
  /** SHA-256 of that statement's JWT in base64url, the same value that the next statement refers to. */
  head: z.string(),
  /** Latest checkpoint of the log at that time; null before the first. */
  checkpoint: z.strictObject({ origin: z.string(), size: z.int(), root: z.string() }).nullable(),
});
export type ChainHead = z.infer<typeof ChainHead>;

const Header = z.strictObject({
  alg: z.literal("EdDSA"),
  typ: z.literal(CHAIN_HEAD_TYPE),
  kid: z.string(),
});

/** Public keys that count, by their `kid`: base64url of 32 bytes each. */
export type StatementKeys = ReadonlyMap<string, string>;

export type ChainHeadResult =
  | { head: ChainHead; fault?: never }
  | { fault: "not-signed" | "other-key"; head?: never };

/** Reads the head of a chain, if a key that counts signed it. The fault `not-signed` includes a malformed JWS. */
export function readChainHead(jws: string, keys: StatementKeys): ChainHeadResult {
  const [header = "", payload = "", signature = "", ...more] = jws.split(".");
  const head = Header.safeParse(decodeJsonPart(header));
  const body = ChainHead.safeParse(decodeJsonPart(payload));
  const bytes = decodeBase64url(signature);
  if (!head.success || !body.success || bytes === null || more.length > 0) {
    return { fault: "not-signed" };
  }
  const x = keys.get(head.data.kid);
  if (x === undefined) return { fault: "other-key" };
  return isSignedBy(x, `${header}.${payload}`, bytes)
    ? { head: body.data }
    : { fault: "not-signed" };
}

function isSignedBy(x: string, text: string, signature: Uint8Array): boolean {
  const key = decodeBase64url(x);
  if (key === null) return false;
  try {
    return ed25519.verify(signature, utf8ToBytes(text), key, { zip215: false });
  } catch {
    return false; // wrong length, or not a point on the curve
  }
}

const KeySet = z.object({ keys: z.array(z.looseObject({})) });
const StatementKey = z.object({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  x: z.string(),
});

/** Reads the Ed25519 keys of a JWK set (RFC 7517) by their thumbprints, without others. Null if it is no JWK set. */
export function readKeySet(text: string): StatementKeys | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const set = KeySet.safeParse(value);
  if (!set.success) return null;
  const keys = set.data.keys.flatMap((key) => StatementKey.safeParse(key).data ?? []);
  return new Map(keys.map(({ x }) => [computeThumbprint(x), x]));
}
