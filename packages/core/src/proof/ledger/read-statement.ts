import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import type { Message } from "../../platform/message/index.ts";
import { base64url } from "../../platform/base64.ts";
import { decodeBase64url, decodeJsonPart } from "./base64url-json.ts";
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

/** A statement as it is handed around: what is signed, and which claims are shown of it. */
export type Statement = {
  /** `header.payload.signature`, of which the leaf is made. */
  jwt: string;
  header: z.infer<typeof Header>;
  payload: z.infer<typeof Payload>;
  signature: Uint8Array;
  /** Each claim that is shown, as it is written. */
  disclosures: ReadonlyMap<ClaimName, string>;
  claims: Claims;
};

export type ReadStatement =
  | { statement: Statement; fault?: never }
  | { fault: Message; statement?: never };

/**
 * Reads an SD-JWT (RFC 9901, 4.1: `jwt~disclosure~…~`), and sees that each disclosure is one of those
 * that were signed (7.1). Whether the signature holds is for `isSignedStatement` to say.
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

/** RFC 9901, 4.2.3: of the disclosure as it is written. */
export const hashToBase64url = (text: string): string => base64url(sha256(utf8ToBytes(text)));

/** A statement that shows these claims, as far as it has them. */
export const showClaims = ({ jwt, disclosures }: Statement, claims: readonly ClaimName[]): string =>
  writeStatement(
    jwt,
    claims.flatMap((claim) => disclosures.get(claim) ?? []),
  );

export const writeStatement = (jwt: string, disclosures: readonly string[]): string =>
  `${[jwt, ...disclosures].join("~")}~`;

/**
 * True if the statement's signature (RFC 8037) is valid for the key in its header, and `kid` is that key's
 * thumbprint.
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

/** RFC 7638, of an Ed25519 key. */
export const computeThumbprint = (x: string): string =>
  base64url(sha256(utf8ToBytes(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`)));

/**
 * Creates the log entry for a statement: the RFC 8785 form of an object with the SHA-256 of the issuer-signed
 * JWT (`header.payload.signature`) and the name of this format. The format can never change.
 */
export const createLeaf = (jwt: string): Uint8Array =>
  utf8ToBytes(`{"jwt":"${base64url(sha256(utf8ToBytes(jwt)))}","s":"ringfence/leaf@v1"}`);
