import type { Keys } from "./keys.ts";

/** Matches a header, a payload and an Ed25519 signature, each in base64url (RFC 7515, RFC 8037). */
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.([\w-]{86})$/;

/**
 * True if a current or earlier statement key of this installation signed a statement, given as its JWT
 * without disclosures. An algorithm or a key in the header is ignored: `kid` only picks one of our own keys.
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

/** Reads which key a statement names as its signer, true or not. */
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
