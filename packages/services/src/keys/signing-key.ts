// Deterministic, but for the making of a key, which happens once, at start.
// oxlint-disable-next-line house/no-ambient-input
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  sign,
} from "node:crypto";

/** Signs bytes with Ed25519 (RFC 8032). */
export type SigningKey = {
  /** The JWK thumbprint (RFC 7638) of the public key. */
  id: string;
  /** The public key as a JWK has it: base64url of 32 bytes. */
  x: string;
  sign: (bytes: Uint8Array) => Uint8Array;
};

export function signingKey(pem: string): SigningKey {
  const key = createPrivateKey(pem);
  const { crv, kty, x = "" } = createPublicKey(key).export({ format: "jwk" });
  const id = hash("sha256", JSON.stringify({ crv, kty, x }), "base64url");
  return { id, x, sign: (bytes) => signWith(key, bytes) };
}

const signWith = (key: KeyObject, bytes: Uint8Array) => sign(null, bytes, key);

export const makeSigningKey = () =>
  generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
