// What is imported here is deterministic but for the making of keys, which happens once, at start.
// oxlint-disable-next-line house/no-ambient-input
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  hash,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/phone";

export type PublicKey = {
  kty: "OKP";
  crv: "Ed25519";
  x: string;
  kid: string;
  use: "sig";
  alg: "EdDSA";
};

/** The keys of this installation. They never leave the process that opened them. */
export type Keys = {
  /** Signs bytes with Ed25519 (RFC 8032); `id` is the JWK thumbprint (RFC 7638) of the public key. */
  permit: {
    id: string;
    sign: (bytes: Uint8Array) => Uint8Array;
    verify: (bytes: Uint8Array, signature: Uint8Array) => boolean;
    /** The public key, as a JWK (RFC 8037), for whoever checks a permit without us. */
    publicKey: PublicKey;
  };
  /** HMAC-SHA-256 of a number under the organization's key: finds a refusal after erasure. */
  phoneKey: (organizationId: OrganizationId, phone: Phone) => Uint8Array<ArrayBuffer>;
};

/** Opens the keys in a folder, and makes those that are not there, for this user's eyes alone. */
export function openKeys(folder: string): Keys {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const permit = createPrivateKey(kept(path.join(folder, "permit.pem"), makeSigningKey));
  const permitPublic = createPublicKey(permit);
  const publicKey = publicKeyOf(permitPublic);
  const master = Buffer.from(kept(path.join(folder, "master.key"), makeMasterKey), "base64");

  const organizationKeys = new Map<OrganizationId, KeyObject>();
  const keyOf = (organizationId: OrganizationId) => {
    const known = organizationKeys.get(organizationId);
    if (known) return known;
    const derived = hkdfSync("sha256", master, organizationId, "ringfence phone key", 32);
    const key = createSecretKey(new Uint8Array(derived)); // five times faster to use than bytes are
    organizationKeys.set(organizationId, key);
    return key;
  };

  return {
    permit: {
      id: publicKey.kid,
      sign: (bytes) => sign(null, bytes, permit),
      verify: (bytes, signature) => verify(null, bytes, permitPublic, signature),
      publicKey,
    },
    phoneKey: (organizationId, phone) =>
      new Uint8Array(createHmac("sha256", keyOf(organizationId)).update(phone).digest()),
  };
}

/** A file's text; of two processes that start together, both read what the first has written. */
function kept(file: string, make: () => string): string {
  if (!existsSync(file)) {
    try {
      writeFileSync(file, make(), { mode: 0o600, flag: "wx" });
    } catch (error) {
      if (!existsSync(file)) throw error;
    }
  }
  return readFileSync(file, "utf8");
}

const makeMasterKey = () => randomBytes(32).toString("base64");
const makeSigningKey = () =>
  generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();

function publicKeyOf(key: KeyObject): PublicKey {
  const { crv, kty, x = "" } = key.export({ format: "jwk" });
  const kid = hash("sha256", JSON.stringify({ crv, kty, x }), "base64url");
  return { kty: "OKP", crv: "Ed25519", x, kid, use: "sig", alg: "EdDSA" };
}
