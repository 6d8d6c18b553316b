// Signing is deterministic. Only `generateSigningKey` is random.
// oxlint-disable-next-line house/no-ambient-input
import {
  type KeyObject,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  sign,
  verify,
} from "node:crypto";
import { promisify } from "node:util";

/** Signs bytes with Ed25519 (RFC 8032). */
export type SigningKey = {
  /** The JWK thumbprint (RFC 7638) of the public key. */
  id: string;
  /** The public key as a JWK has it: base64url of 32 bytes. */
  x: string;
  sign: (bytes: Uint8Array) => Uint8Array;
  /** Does the same in another thread, so that signing many does not block the event loop. */
  signInThread: (bytes: Uint8Array) => Promise<Uint8Array>;
  verify: (bytes: Uint8Array, signature: Uint8Array) => boolean;
};

/** Reads a private key. Throws for anything but an Ed25519 key in PEM. */
export function parseSigningKey(pem: string): SigningKey {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== "ed25519") throw new Error("this is not an Ed25519 key");
  const publicKey = createPublicKey(key);
  const { crv, kty, x = "" } = publicKey.export({ format: "jwk" });
  const id = hash("sha256", JSON.stringify({ crv, kty, x }), "base64url");
  return {
    id,
    x,
    sign: (bytes) => signWith(key, bytes),
    signInThread: (bytes) => signInThreadWith(key, bytes),
    verify: (bytes, signature) => verifyWith(publicKey, bytes, signature),
  };
}

const verifyWith = (key: KeyObject, bytes: Uint8Array, signature: Uint8Array) =>
  verify(null, bytes, key, signature);
const signWith = (key: KeyObject, bytes: Uint8Array) => sign(null, bytes, key);
const signAsync = promisify(sign);
const signInThreadWith = (key: KeyObject, bytes: Uint8Array) => signAsync(null, bytes, key);

/** Creates a new Ed25519 private key, in PEM. */
export const generateSigningKey = () =>
  generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();

/**
 * Signs a payload with Ed25519 (RFC 8037) and returns the JWS in its compact form (RFC 7515). Not `jose`,
 * which takes twice as long for each permit and is the second implementation that our tests check signatures with.
 */
export function signJws(key: SigningKey, typ: string, payload: object): string {
  const signed = signedPart(key, typ, payload);
  return `${signed}.${base64url(key.sign(Buffer.from(signed)))}`;
}

/** The same, signed in another thread. */
export async function signJwsInThread(
  key: SigningKey,
  typ: string,
  payload: object,
): Promise<string> {
  const signed = signedPart(key, typ, payload);
  return `${signed}.${base64url(await key.signInThread(Buffer.from(signed)))}`;
}

const signedPart = ({ id: kid }: SigningKey, typ: string, payload: object) =>
  `${encode({ alg: "EdDSA", typ, kid })}.${encode(payload)}`;

const encode = (value: object) => base64url(Buffer.from(JSON.stringify(value)));
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
