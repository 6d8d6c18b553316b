import type { SigningKey } from "./signing-key.ts";

/** A JWS in its compact form (RFC 7515), signed with Ed25519 (RFC 8037), that anyone can check. */
export function compactJws(key: SigningKey, typ: string, payload: object): string {
  const signed = signedPart(key, typ, payload);
  return `${signed}.${base64url(key.sign(Buffer.from(signed)))}`;
}

/** The same, signed in another thread. */
export async function compactJwsAside(
  key: SigningKey,
  typ: string,
  payload: object,
): Promise<string> {
  const signed = signedPart(key, typ, payload);
  return `${signed}.${base64url(await key.signAside(Buffer.from(signed)))}`;
}

const signedPart = ({ id: kid }: SigningKey, typ: string, payload: object) =>
  `${encode({ alg: "EdDSA", typ, kid })}.${encode(payload)}`;

const encode = (value: object) => base64url(Buffer.from(JSON.stringify(value)));
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
