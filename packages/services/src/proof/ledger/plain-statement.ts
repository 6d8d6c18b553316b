// oxlint-disable-next-line house/no-ambient-input -- the result of hashing depends only on its input
import { hash } from "node:crypto";
import { PLAIN_STATEMENT_TYPE, decodeJsonPart } from "@ringfence/core/proof/ledger";
import { z } from "zod";

const Header = z.object({ typ: z.literal(PLAIN_STATEMENT_TYPE) });

/** Claims that every plain statement has. `jti` is its kind and its subject: `audit.digest/2026-12-01`. */
const PlainClaims = z.looseObject({ iss: z.string(), jti: z.string(), kind: z.string() });
type PlainClaims = z.infer<typeof PlainClaims>;

/**
 * Reads the claims of a statement that concerns no person (JWS). Null for any other text, such as an SD-JWT. Does not
 * check the signature: `isOwnStatement` does.
 */
export function readPlainClaims(statement: string): PlainClaims | null {
  const [header = "", payload = ""] = statement.split(".");
  if (!Header.safeParse(decodeJsonPart(header)).success) return null;
  return PlainClaims.safeParse(decodeJsonPart(payload)).data ?? null;
}

/** True if a statement's own claims name this organization and kind. The columns of its row may have been changed. */
export const isClaimedBy = (claims: PlainClaims, organizationId: string, kind: string) =>
  claims.iss === `ringfence:${organizationId}` &&
  claims.kind === kind &&
  claims.jti.startsWith(`${kind}/`);

type StatementRow = {
  organizationId: string;
  kind: string;
  idemKey: Uint8Array;
  statement: string;
};

/**
 * True if a row names the organization, the kind and the key that its statement names. Otherwise somebody changed the
 * row, so that the statement is no longer found, or is stated again. True for an SD-JWT, which names none of them.
 */
export function isFiledAsStated({ organizationId, kind, idemKey, statement }: StatementRow) {
  const claims = readPlainClaims(statement);
  if (claims === null) return true;
  const key = hash("sha256", `${organizationId}/${claims.jti}`, "buffer");
  return isClaimedBy(claims, organizationId, kind) && key.equals(idemKey);
}
