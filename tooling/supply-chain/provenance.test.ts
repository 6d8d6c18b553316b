import { expect, it } from "vitest";
import { generateSigningKey, parseSigningKey } from "@ringfence/services/platform/keys";
import { type Artifact, signStatement, stateProvenance, verifyStatement } from "./provenance.ts";

const key = parseSigningKey(generateSigningKey());
const stranger = parseSigningKey(generateSigningKey());
const file = (name: string, content: string): Artifact => ({ name, content: Buffer.from(content) });
const artifacts = [file("ringfence.tgz", "program"), file("sbom.json", "bill")];
const statement = stateProvenance({
  artifacts,
  commit: "0123456789abcdef0123456789abcdef01234567",
  lockfile: Buffer.from("lockfile"),
  packageManager: { version: "10.34.9", sha512: "ab".repeat(64) },
  builder: "https://ci.example/releases",
  finishedAt: new Date("2026-12-01T09:00:00Z"),
});
const signed = signStatement(key, statement);
const verify = (envelope: string, publicKey = key.x, files: readonly Artifact[] = artifacts) =>
  verifyStatement(envelope, { publicKey, artifacts: files });

/** The envelope with another part. */
const withPart = (part: object) => JSON.stringify({ ...JSON.parse(signed), ...part });
const encode = (payload: object) => Buffer.from(JSON.stringify(payload)).toString("base64");

it("states the commit, the lockfile and the package manager in the form of SLSA", () => {
  expect(verify(signed)).toEqual(statement);
  expect(statement).toMatchObject({
    _type: "https://in-toto.io/Statement/v1",
    predicateType: "https://slsa.dev/provenance/v1",
    subject: [
      {
        name: "ringfence.tgz",
        digest: { sha256: "1310ca2c8932dbd118668bd97442558a3e1f546b5e15c69699dfbd6024f548d8" },
      },
      { name: "sbom.json" },
    ],
    predicate: {
      buildDefinition: {
        resolvedDependencies: [
          { digest: { gitCommit: "0123456789abcdef0123456789abcdef01234567" } },
          { uri: "urn:ringfence:pnpm-lock.yaml" },
          { uri: "pkg:npm/pnpm@10.34.9", digest: { sha512: "ab".repeat(64) } },
        ],
      },
      runDetails: { builder: { id: "https://ci.example/releases" } },
    },
  });
});

it("verifies a subset of the files", () => {
  expect(verify(signed, key.x, artifacts.slice(1))).toEqual(statement);
});

it.each([
  ["signed by somebody else", () => verify(signStatement(stranger, statement))],
  ["of another key", () => verify(signed, stranger.x)],
  [
    "with another commit",
    () => {
      const payload = structuredClone(statement);
      payload.predicate.buildDefinition.externalParameters.commit = "f".repeat(40);
      return verify(withPart({ payload: encode(payload) }));
    },
  ],
  ["of another type", () => verify(withPart({ payloadType: "text/plain" }))],
  ["without a signature", () => verify(withPart({ signatures: [] }))],
  ["with an empty signature", () => verify(withPart({ signatures: [{ keyid: key.id, sig: "" }] }))],
  ["that is cut off", () => verify(signed.slice(0, -10))],
  ["about a file that was changed", () => verify(signed, key.x, [file("sbom.json", "forged")])],
  ["about a file with another name", () => verify(signed, key.x, [file("other.json", "bill")])],
  [
    "about the content of another file",
    () => verify(signed, key.x, [file("sbom.json", "program")]),
  ],
  ["about no file", () => verify(signed, key.x, [])],
  [
    "that is signed but is not a statement",
    () => verify(signStatement(key, { subject: [] } as unknown as typeof statement)),
  ],
])("refuses a statement %s", (_, attack) => {
  expect(attack).toThrow(Error);
});
