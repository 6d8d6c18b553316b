import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import {
  base64url,
  type Certificate,
  CHAIN_HEAD_TYPE,
  type ChainHead,
  type Claims,
  cosignatureText,
  hashToBase64url,
  hashLeaf,
  computeTreeHead,
  createLeaf,
  proveInclusion,
  type ProvenStatement,
  STATEMENT_TYPE,
  encodeTimedSignature,
  writeCheckpoint,
  writeNoteKey,
  writeStatement,
  writeTlogProof,
} from "../src/proof/ledger/index.ts";
import { computeThumbprint } from "../src/platform/public-key/index.ts";
import { aSigner } from "./ledger.ts";

export const log = aSigner("ledger.test/ringfence", "log", 1);
const witnesses = [aSigner("w1.test", "witness", 2), aSigner("w2.test", "witness", 3)];
const issuer = aSigner("issuer", "log", 4);

const encode = (value: unknown) => base64url(utf8ToBytes(JSON.stringify(value)));

let serial = 0;

/** An SD-JWT of these claims, by RFC 9901 alone; `by` signs it. */
export function aStatement(claims: Claims, by = issuer) {
  const x = base64url(by.key.publicKey);
  const disclosures = Object.entries(claims).map(([claim, value]) =>
    encode([`salt-${serial++}`, claim, value]),
  );
  const head = {
    typ: STATEMENT_TYPE,
    kid: computeThumbprint(x),
    jwk: { kty: "OKP", crv: "Ed25519", x },
    alg: "EdDSA",
  };
  const payload = {
    jti: `jti-${serial++}`,
    _sd: disclosures.map(hashToBase64url).toSorted(),
    _sd_alg: "sha-256",
  };
  const signed = `${encode(head)}.${encode(payload)}`;
  const jwt = `${signed}.${base64url(by.sign(utf8ToBytes(signed)))}`;
  return { jwt, statement: writeStatement(jwt, disclosures) };
}

/** Writes a policy with the log's key and these witnesses, all of whom must sign. */
export const writePolicy = (names: readonly (typeof witnesses)[number][] = witnesses) =>
  [
    `log ${writeNoteKey(log.key)}`,
    ...names.map(({ key }) => `witness ${key.name} ${writeNoteKey(key)}`),
    ...(names.length === 0
      ? ["quorum none"]
      : [`group all ${names.length} ${names.map(({ key }) => key.name).join(" ")}`, "quorum all"]),
    "",
  ].join("\n");

/** A chain head: the issuer's statement about the last statement of a chain. `by` signs it. */
export function aChainHead(
  { jwt, sequence, iat = 1_780_000_000 }: { jwt: string; sequence: number; iat?: number },
  by = issuer,
) {
  const kid = computeThumbprint(base64url(by.key.publicKey));
  const head: ChainHead = {
    iss: "ringfence:acme",
    iat,
    sequence,
    head: hashToBase64url(jwt),
    checkpoint: null,
  };
  const signed = `${encode({ alg: "EdDSA", typ: CHAIN_HEAD_TYPE, kid })}.${encode(head)}`;
  return `${signed}.${base64url(by.sign(utf8ToBytes(signed)))}`;
}

/** The keys of these signers, as `/.well-known/jwks.json` serves them. */
export const aKeySet = (signers = [issuer]) =>
  JSON.stringify({
    keys: signers.map(({ key }) => ({
      kty: "OKP",
      crv: "Ed25519",
      x: base64url(key.publicKey),
      use: "sig",
    })),
  });

/** The entry in a certificate for a statement that the log does not hold. */
export const toUnlogged = ({ jwt, statement }: ReturnType<typeof aStatement>): ProvenStatement => ({
  statement,
  leaf: new TextDecoder().decode(createLeaf(jwt)),
  proof: null,
  timestamps: [],
});

const text = "Acme may call me about its offers.";

/** A consent, its withdrawal, and between them another consent that shows only its kind. */
function someStatements(): Stated[] {
  const granted = aStatement({
    kind: "consent.granted",
    consent: "one",
    phone: "+12015550123",
    name: "Ada Example",
    at: "2026-03-01T09:00:00.000Z",
    disclosure: { language: "en", sha256: bytesToHex(sha256(utf8ToBytes(text))) },
    sequence: 1,
    previous: null,
  });
  const between = aStatement({
    kind: "consent.granted",
    sequence: 2,
    previous: hashToBase64url(granted.jwt),
  });
  const withdrawn = aStatement({
    kind: "consent.withdrawn",
    consent: "one",
    at: "2026-04-01T09:00:00.000Z",
    sequence: 3,
    previous: hashToBase64url(between.jwt),
  });
  return [granted, between, withdrawn];
}

/** A certificate of a consent that was given, and withdrawn a month later. */
export const aCertificate = (): Certificate => toCertificate(someStatements());

/** The same certificate before the withdrawal. */
export const aLiveCertificate = (): Certificate => toCertificate(someStatements().slice(0, 2));

type Stated = ReturnType<typeof aStatement>;

/** A certificate of the first statement of a chain, followed by the others. */
export function toCertificate(chain: readonly Stated[]): Certificate {
  const [granted = aStatement({}), ...later] = chain;
  const stated = [granted, ...later, aStatement({ kind: "erasure" })];
  const leaves = stated.map(({ jwt }) => hashLeaf(createLeaf(jwt)));
  const checkpoint = writeCheckpoint({ origin: log.key.name, ...computeTreeHead(leaves) });
  const seconds = 1_780_000_000;
  const note = [
    `${checkpoint}\n`,
    log.line(log.sign(utf8ToBytes(checkpoint))),
    ...witnesses.map((witness) =>
      witness.line(
        encodeTimedSignature(
          seconds,
          witness.sign(utf8ToBytes(cosignatureText(checkpoint, seconds))),
        ),
      ),
    ),
  ].join("");
  const proven = ({ jwt, statement }: (typeof stated)[number], index: number) => ({
    statement,
    leaf: new TextDecoder().decode(createLeaf(jwt)),
    proof: writeTlogProof({ ...proveInclusion(leaves, index), checkpoint: note }),
    timestamps: [],
  });
  return {
    format: "ringfence/certificate@v1",
    ...proven(granted, 0),
    words: { language: "en", text },
    later: later.map((one, index) => proven(one, index + 1)),
    chainHead: aChainHead({ jwt: (later.at(-1) ?? granted).jwt, sequence: chain.length }),
    policy: writePolicy(),
  };
}
