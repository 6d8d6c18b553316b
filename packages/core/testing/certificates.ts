import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import {
  base64url,
  type Certificate,
  type Claims,
  cosigned,
  digestOf,
  hashLeaf,
  headOf,
  leafOf,
  prove,
  STATEMENT_TYPE,
  thumbprintOf,
  timedSignature,
  writeCheckpoint,
  writeNoteKey,
  writeStatement,
  writeTlogProof,
} from "../src/ledger/index.ts";
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
    kid: thumbprintOf(x),
    jwk: { kty: "OKP", crv: "Ed25519", x },
    alg: "EdDSA",
  };
  const payload = {
    jti: `jti-${serial++}`,
    _sd: disclosures.map(digestOf).toSorted(),
    _sd_alg: "sha-256",
  };
  const signed = `${encode(head)}.${encode(payload)}`;
  const jwt = `${signed}.${base64url(by.sign(utf8ToBytes(signed)))}`;
  return { jwt, statement: writeStatement(jwt, disclosures) };
}

/** Of the log's keys and of these witnesses, of whom all must sign. */
export const policyOf = (names: readonly (typeof witnesses)[number][] = witnesses) =>
  [
    `log ${writeNoteKey(log.key)}`,
    ...names.map(({ key }) => `witness ${key.name} ${writeNoteKey(key)}`),
    ...(names.length === 0
      ? ["quorum none"]
      : [`group all ${names.length} ${names.map(({ key }) => key.name).join(" ")}`, "quorum all"]),
    "",
  ].join("\n");

const text = "Acme may call me about its offers.";

/** What a person agreed to, took back, and a refusal of theirs between of which only its place is shown. */
function someStatements() {
  const granted = aStatement({
    kind: "consent.granted",
    phone: "+12015550123",
    name: "Ada Example",
    at: "2026-03-01T09:00:00.000Z",
    disclosure: { language: "en", sha256: bytesToHex(sha256(utf8ToBytes(text))) },
    sequence: 1,
    previous: null,
  });
  const between = aStatement({ sequence: 2, previous: digestOf(granted.jwt) });
  const withdrawn = aStatement({
    kind: "consent.withdrawn",
    at: "2026-04-01T09:00:00.000Z",
    sequence: 3,
    previous: digestOf(between.jwt),
  });
  return [granted, between, withdrawn] as const;
}

/** A certificate of a consent that was given, and taken back a month later. */
export function aCertificate(): Certificate {
  const [granted, between, withdrawn] = someStatements();
  const stated = [granted, between, withdrawn, aStatement({ kind: "erasure" })];
  const leaves = stated.map(({ jwt }) => hashLeaf(leafOf(jwt)));
  const checkpoint = writeCheckpoint({ origin: log.key.name, ...headOf(leaves) });
  const seconds = 1_780_000_000;
  const note = [
    `${checkpoint}\n`,
    log.line(log.sign(utf8ToBytes(checkpoint))),
    ...witnesses.map((witness) =>
      witness.line(
        timedSignature(seconds, witness.sign(utf8ToBytes(cosigned(checkpoint, seconds)))),
      ),
    ),
  ].join("");
  const proven = ({ jwt, statement }: (typeof stated)[number], index: number) => ({
    statement,
    leaf: new TextDecoder().decode(leafOf(jwt)),
    proof: writeTlogProof({ ...prove(leaves, index), checkpoint: note }),
    timestamps: [],
  });
  return {
    format: "ringfence/certificate@v1",
    ...proven(granted, 0),
    words: { language: "en", text },
    later: [proven(between, 1), proven(withdrawn, 2)],
    policy: policyOf(),
  };
}
