import type { Keys } from "./open-keys.ts";

/** Header, payload and an Ed25519 signature, each in base64url (RFC 7515, RFC 8037). */
const COMPACT_JWS = /^([\w-]+)\.[\w-]+\.([\w-]{86})$/;

/**
 * Whether one of the statement keys of this installation, the current one or one that was rotated out,
 * signed a statement: its JWT, without disclosures. What the header says of the algorithm or of a key
 * inside it is not followed: `kid` only picks among our own keys.
 */
export function isOwnStatement(
  { statementKeys }: Pick<Keys, "statementKeys">,
  jwt: string,
): boolean {
  const [, header, signature] = COMPACT_JWS.exec(jwt) ?? [];
  if (header === undefined || signature === undefined) return false;
  const kid = readKeyId(header);
  const key = statementKeys.find(({ id }) => id === kid);
  const signed = Buffer.from(jwt.slice(0, jwt.lastIndexOf(".")));
  return key?.verify(signed, Buffer.from(signature, "base64url")) ?? false;
}

function readKeyId(header: string): unknown {
  try {
    return Reflect.get(Object(JSON.parse(Buffer.from(header, "base64url").toString())), "kid");
  } catch {
    return undefined;
  }
}
