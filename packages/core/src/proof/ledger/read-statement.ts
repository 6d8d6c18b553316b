import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import type { Message } from "../../platform/message/index.ts";
import { base64url, decodeBase64url, decodeJsonPart } from "../../platform/base64.ts";
import { computeThumbprint } from "../../platform/public-key/index.ts";
import { ClaimName, type Claims, STATEMENT_TYPE } from "./statement.ts";
import { ed25519 } from "@noble/curves/ed25519.js";

const Header = z.strictObject({
  alg: z.literal("EdDSA"),
  typ: z.literal(STATEMENT_TYPE),
  kid: z.string(),
  jwk: z.strictObject({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: z.string() }),
});

const Payload = z
  .strictObject({ jti: z.string(), _sd: z.array(z.string()), _sd_alg: z.literal("sha-256") })
  .transform(({ jti, _sd: digests }) => ({ jti, digests }));

const DisclosureParts = z.tuple([z.string().min(1), ClaimName, z.unknown()]);

/** A statement as people pass it on: the signed part, and the claims that it shows. */
export type Statement = {
  /** `header.payload.signature`. The log's entry contains its hash (`createLeaf`). */
  jwt: string;
  header: z.infer<typeof Header>;
  payload: z.infer<typeof Payload>;
  signature: Uint8Array;
  /** The encoded disclosure of each claim that is shown. */
  disclosures: ReadonlyMap<ClaimName, string>;
  claims: Claims;
};

export type ReadStatement =
  | { statement: Statement; fault?: never }
  | { fault: Message; statement?: never };

/**
 * Parses an SD-JWT (RFC 9901, 4.1: `jwt~disclosure~…~`), and checks that every disclosure belongs to the signed
 * part (7.1). Does not check the signature: `isSignedStatement` does.
 */
export function readStatement(text: string): ReadStatement {
  const [jwt = "", ...shown] = text.split("~");
  if (shown.pop() !== "") return { fault: { key: "verify.statement-broken" } };

  const [head = "", body = "", tail = "", ...more] = jwt.split(".");
  const header = Header.safeParse(decodeJsonPart(head));
  const payload = Payload.safeParse(decodeJsonPart(body));
  const signature = decodeBase64url(tail);
  if (!header.success || !payload.success || signature === null || more.length > 0) {
    return { fault: { key: "verify.statement-broken" } };
  }
  const { fault, disclosures, claims } = readDisclosures(shown, payload.data.digests);
  if (fault) return { fault };
  return {
    statement: {
      jwt,
      header: header.data,
      payload: payload.data,
      signature,
      disclosures,
      claims,
    },
  };
}

type ReadDisclosures =
  | (Pick<Statement, "disclosures" | "claims"> & { fault?: never })
  | { fault: Message; disclosures?: never; claims?: never };

function readDisclosures(shown: readonly string[], signed: readonly string[]): ReadDisclosures {
  const disclosures = new Map<ClaimName, string>();
  const claims: Claims = {};
  for (const [index, encoded] of shown.entries()) {
    const parts = DisclosureParts.safeParse(decodeJsonPart(encoded));
    if (!parts.success) {
      return { fault: { key: "verify.disclosure-broken", values: { place: index + 1 } } };
    }
    const [, claim, value] = parts.data;
    if (!signed.includes(hashToBase64url(encoded))) {
      return { fault: { key: "verify.disclosure-not-signed", values: { claim } } };
    }
    if (disclosures.has(claim)) {
      return { fault: { key: "verify.disclosure-twice", values: { claim } } };
    }
    disclosures.set(claim, encoded);
    claims[claim] = value;
  }
  return { disclosures, claims };
}

/** Hashes an encoded disclosure or a JWT (RFC 9901, 4.2.3). */
export const hashToBase64url = (text: string): string => base64url(sha256(utf8ToBytes(text)));

/** Returns the statement with only these claims shown, as far as it has them. */
export const showClaims = ({ jwt, disclosures }: Statement, claims: readonly ClaimName[]): string =>
  writeStatement(
    jwt,
    claims.flatMap((claim) => disclosures.get(claim) ?? []),
  );

/** Joins a signed part and encoded disclosures to an SD-JWT. */
export const writeStatement = (jwt: string, disclosures: readonly string[]): string =>
  `${[jwt, ...disclosures].join("~")}~`;

/**
 * True if the statement's signature (RFC 8037) is valid for the key in its header, and `kid` is that key's
 * thumbprint. Anybody can make such a key: whose it is, the caller has to check.
 */
export function isSignedStatement({ jwt, header, signature }: Statement): boolean {
  const key = decodeBase64url(header.jwk.x);
  if (key === null || header.kid !== computeThumbprint(header.jwk.x)) return false;
  const signed = utf8ToBytes(jwt.slice(0, jwt.lastIndexOf(".")));
  try {
    return ed25519.verify(signature, signed, key, { zip215: false });
  } catch {
    return false; // of another length, or no point of the curve
  }
}

/**
 * Creates the log entry for a statement: the RFC 8785 form of an object with the SHA-256 of the issuer-signed
 * JWT (`header.payload.signature`) and the name of this format. The format can never change.
 */
export const createLeaf = (jwt: string): Uint8Array =>
  utf8ToBytes(`{"jwt":"${base64url(sha256(utf8ToBytes(jwt)))}","s":"ringfence/leaf@v1"}`);
