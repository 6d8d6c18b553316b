import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import { base64url, decodeBase64url, readBase64 } from "../base64.ts";

/** Computes the thumbprint of an Ed25519 key (RFC 7638). `x` is the key as in its JWK. */
export const computeThumbprint = (x: string): string =>
  base64url(sha256(utf8ToBytes(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`)));

/** Creates the JWK set (RFC 7517) by which others verify what these Ed25519 keys sign. `id` is the thumbprint. */
export const toJwkSet = (keys: readonly { id: string; x: string }[]) => {
  const named = { kty: "OKP", crv: "Ed25519", use: "sig", alg: "EdDSA" } as const;
  return { keys: keys.map(({ id: kid, x }) => ({ ...named, x, kid })) };
};

/** A public key as in its JWK (RFC 8037), or the reason why a text is not one that can be used. */
export type ParsedPublicKey = { x: string } | { fault: "private" | "unreadable" };

/**
 * Parses an Ed25519 public key in PEM (SPKI, RFC 8410) or as a JWK. A private key is not accepted, because nobody else
 * may see it. Points of small order are refused: anybody can make signatures that they verify.
 */
export function parsePublicKey(text: string): ParsedPublicKey {
  const trimmed = text.trim();
  if (/PRIVATE KEY/.test(trimmed)) return { fault: "private" };
  const key = trimmed.startsWith("{") ? parseJwk(trimmed) : parsePem(trimmed);
  if (key === "private") return { fault: "private" };
  return key !== null && isSafePoint(key) ? { x: base64url(key) } : { fault: "unreadable" };
}

const Jwk = z.looseObject({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  x: z.string(),
});

function parseJwk(text: string): Uint8Array | "private" | null {
  const jwk = Jwk.safeParse(parseJson(text)).data;
  if (jwk === undefined) return null;
  return "d" in jwk ? "private" : decodeBase64url(jwk.x);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const PEM = /^-----BEGIN PUBLIC KEY-----\s([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----$/;

/** Everything in SPKI before the 32 bytes of an Ed25519 key, which is always the same. */
const SPKI_HEAD = "302a300506032b6570032100";

function parsePem(text: string): Uint8Array | null {
  const [, body = ""] = PEM.exec(text) ?? [];
  const der = readBase64(body.replaceAll(/\s/g, ""));
  if (der === null || !bytesToHex(der).startsWith(SPKI_HEAD)) return null;
  return der.subarray(SPKI_HEAD.length / 2);
}

function isSafePoint(bytes: Uint8Array): boolean {
  try {
    return !ed25519.Point.fromBytes(bytes).isSmallOrder();
  } catch {
    return false; // of another length, or no point of the curve
  }
}
