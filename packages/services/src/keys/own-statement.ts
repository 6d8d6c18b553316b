import type { Keys } from "./keys.ts";

/** Header, payload and an Ed25519 signature, each in base64url (RFC 7515, RFC 8037). */
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.([\w-]{86})$/;

/**
 * Whether one of the statement keys of this installation, the current one or one that was rotated out,
 * signed a statement: its JWT, without disclosures. What the header says of the algorithm or of a key
 * inside it is not followed: `kid` only picks among our own keys.
 */
export function isOwnStatement(
  { statementKeys }: Pick<Keys, "statementKeys">,
  jwt: string,
): boolean {
  const [, signature] = COMPACT_JWS.exec(jwt) ?? [];
  if (signature === undefined) return false;
  const kid = readKeyId(jwt);
  const key = statementKeys.find(({ id }) => id === kid);
  const signed = Buffer.from(jwt.slice(0, jwt.lastIndexOf(".")));
  return key?.verify(signed, Buffer.from(signature, "base64url")) ?? false;
}

/** The key that a statement names as its signer, whether it is or not. */
export function readKeyId(jwt: string): string | null {
  try {
    const header: unknown = JSON.parse(
      Buffer.from(jwt.split(".")[0] ?? "", "base64url").toString(),
    );
    const kid: unknown = Reflect.get(Object(header), "kid");
    return typeof kid === "string" ? kid : null;
  } catch {
    return null;
  }
}
