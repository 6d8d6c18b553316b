import { ed25519 } from "@noble/curves/ed25519.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import { decodeBase64url, decodeJsonPart } from "../../../platform/base64.ts";
import { computeThumbprint } from "../../../platform/public-key/index.ts";

/** Public keys that count, by their `kid`: base64url of 32 bytes each. */
export type StatementKeys = ReadonlyMap<string, string>;

export type JwsResult =
  | { payload: unknown; kid: string; fault?: never }
  /** `kid` is null if the header cannot be read. */
  | { fault: "not-signed" | "other-key"; kid: string | null; payload?: never };

const Header = z.strictObject({ alg: z.literal("EdDSA"), typ: z.string(), kid: z.string() });

/**
 * Reads a JWS in its compact form (RFC 7515, Ed25519 as in RFC 8037) of this type, if a key that counts signed it. The
 * fault `not-signed` includes a malformed JWS and one of another type.
 */
export function readJws(jws: string, typ: string, keys: StatementKeys): JwsResult {
  const [header = "", payload = "", signature = "", ...more] = jws.split(".");
  const { data: head } = Header.safeParse(decodeJsonPart(header));
  const body = decodeJsonPart(payload);
  const bytes = decodeBase64url(signature);
  const kid = head?.kid ?? null;
  if (head?.typ !== typ || kid === null || body === null || bytes === null || more.length > 0) {
    return { fault: "not-signed", kid };
  }
  const x = keys.get(kid);
  if (x === undefined) return { fault: "other-key", kid };
  return isSignedBy(x, `${header}.${payload}`, bytes)
    ? { payload: body, kid }
    : { fault: "not-signed", kid };
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
