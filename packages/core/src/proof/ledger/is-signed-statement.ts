import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { base64url } from "../../platform/base64.ts";
import { readBase64url } from "./base64url-json.ts";
import type { Statement } from "./read-statement.ts";

/** Whether a statement was signed (RFC 8037) with the key that it names, and names it truly. */
export function isSignedStatement({ jwt, header, signature }: Statement): boolean {
  const key = readBase64url(header.jwk.x);
  if (key === null || header.kid !== thumbprintOf(header.jwk.x)) return false;
  const signed = utf8ToBytes(jwt.slice(0, jwt.lastIndexOf(".")));
  try {
    return ed25519.verify(signature, signed, key, { zip215: false });
  } catch {
    return false; // of another length, or no point of the curve
  }
}

/** RFC 7638, of an Ed25519 key. */
export const thumbprintOf = (x: string): string =>
  base64url(sha256(utf8ToBytes(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`)));
