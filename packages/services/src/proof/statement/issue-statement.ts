// oxlint-disable-next-line house/no-ambient-input -- a hash depends on what is hashed alone
import { hash } from "node:crypto";
import { ClaimName, type Claims, STATEMENT_TYPE } from "@ringfence/core/proof/ledger";
import { SDJwtInstance } from "@sd-jwt/core";
import type { Keys } from "../../platform/keys/keys.ts";

/** What is signed, and apart from it each claim as it is disclosed, with its salt. */
export type IssuedStatement = { jwt: string; disclosures: { claim: ClaimName; encoded: string }[] };

const SALT_BYTES = 16;

/**
 * Signs what is stated, as an SD-JWT (RFC 9901) all of whose claims are disclosures: what is signed
 * holds digests with 128 random bits in each, and says nothing of anybody by itself.
 *
 * The one place that knows the library.
 */
export async function issueStatement(
  { statement: key, random }: Pick<Keys, "statement" | "random">,
  claims: Claims,
): Promise<IssuedStatement> {
  const salt = () => Buffer.from(random(SALT_BYTES)).toString("base64url");
  const issuer = new SDJwtInstance({
    signer: (text: string) => Buffer.from(key.sign(Buffer.from(text))).toString("base64url"),
    signAlg: "EdDSA",
    hasher: (text) => hash("sha256", typeof text === "string" ? text : Buffer.from(text), "buffer"),
    hashAlg: "sha-256",
    saltGenerator: salt,
  });
  const names = ClaimName.options.filter((name) => name in claims);
  const jwk = { kty: "OKP", crv: "Ed25519", x: key.x };
  const issued = await issuer.issue(
    { jti: salt(), ...claims },
    { _sd: names },
    { header: { typ: STATEMENT_TYPE, kid: key.id, jwk } },
  );
  const [jwt = "", ...disclosures] = issued.slice(0, -1).split("~");
  return {
    jwt,
    disclosures: disclosures.map((encoded) => ({ claim: claimOf(encoded), encoded })),
  };
}

function claimOf(encoded: string): ClaimName {
  const [, claim]: unknown[] = JSON.parse(Buffer.from(encoded, "base64url").toString());
  return ClaimName.parse(claim);
}
