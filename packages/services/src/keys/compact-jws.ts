import type { SigningKey } from "./signing-key.ts";

/** A JWS in its compact form (RFC 7515), signed with Ed25519 (RFC 8037), that anyone can check. */
export function compactJws(key: SigningKey, typ: string, payload: object): string {
  const signed = `${encode({ alg: "EdDSA", typ, kid: key.id })}.${encode(payload)}`;
  return `${signed}.${Buffer.from(key.sign(Buffer.from(signed))).toString("base64url")}`;
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
