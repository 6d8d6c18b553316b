import { createHash, createPublicKey, verify } from "node:crypto";
import { z } from "zod";

/** Types that in-toto and SLSA define, so that other programs can read the file. */
const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
const PREDICATE_TYPE = "https://slsa.dev/provenance/v1";
const PAYLOAD_TYPE = "application/vnd.in-toto+json";
const BUILD_TYPE = "urn:ringfence:build:1";

const Sha256 = z.object({ sha256: z.string().regex(/^[\da-f]{64}$/) });

/** An in-toto statement: these files were made from that commit, with those locked packages. */
const Statement = z.object({
  _type: z.literal(STATEMENT_TYPE),
  subject: z.array(z.object({ name: z.string(), digest: Sha256 })).min(1),
  predicateType: z.literal(PREDICATE_TYPE),
  predicate: z.object({
    buildDefinition: z.object({
      buildType: z.literal(BUILD_TYPE),
      externalParameters: z.object({ commit: z.string() }),
      resolvedDependencies: z.array(
        z.object({ uri: z.string(), digest: z.record(z.string(), z.string()) }),
      ),
    }),
    runDetails: z.object({
      builder: z.object({ id: z.string() }),
      metadata: z.object({ finishedOn: z.string() }),
    }),
  }),
});
export type Statement = z.infer<typeof Statement>;

/** A DSSE envelope with one signature. */
const Envelope = z.object({
  payloadType: z.literal(PAYLOAD_TYPE),
  payload: z.base64(),
  signatures: z.array(z.object({ keyid: z.string(), sig: z.base64() })).length(1),
});

export type Artifact = { name: string; content: Uint8Array };

export const digest = (algorithm: "sha256" | "sha512", content: Uint8Array | string) =>
  createHash(algorithm).update(content).digest("hex");

type Build = {
  artifacts: readonly Artifact[];
  commit: string;
  lockfile: Uint8Array;
  /** The pinned pnpm, such as `pnpm@10.34.9`, and the SHA-512 of its tarball. */
  packageManager: { version: string; sha512: string };
  /** URI of who or what ran the build. */
  builder: string;
  finishedAt: Date;
};

/** Creates the SLSA provenance of files: the commit and the packages that they were made from. */
export function stateProvenance(build: Build): Statement {
  const { version, sha512 } = build.packageManager;
  return {
    _type: STATEMENT_TYPE,
    subject: build.artifacts.map(({ name, content }) => ({
      name,
      digest: { sha256: digest("sha256", content) },
    })),
    predicateType: PREDICATE_TYPE,
    predicate: {
      buildDefinition: {
        buildType: BUILD_TYPE,
        externalParameters: { commit: build.commit },
        resolvedDependencies: [
          { uri: "urn:ringfence:source", digest: { gitCommit: build.commit } },
          {
            uri: "urn:ringfence:pnpm-lock.yaml",
            digest: { sha256: digest("sha256", build.lockfile) },
          },
          { uri: `pkg:npm/pnpm@${version}`, digest: { sha512 } },
        ],
      },
      runDetails: {
        builder: { id: build.builder },
        metadata: { finishedOn: build.finishedAt.toISOString() },
      },
    },
  };
}

type Signer = { id: string; sign: (bytes: Uint8Array) => Uint8Array };

/** Signs a statement as a DSSE envelope, which programs for in-toto read. */
export function signStatement(key: Signer, statement: Statement): string {
  const payload = Buffer.from(JSON.stringify(statement));
  const sig = Buffer.from(key.sign(encodeForSigning(payload))).toString("base64");
  const signatures = [{ keyid: key.id, sig }];
  const envelope = { payloadType: PAYLOAD_TYPE, payload: payload.toString("base64"), signatures };
  return `${JSON.stringify(envelope)}\n`;
}

/** DSSE's encoding: type and length are signed too, so that no other file can pass for a statement. */
const encodeForSigning = (payload: Uint8Array) =>
  Buffer.concat([
    Buffer.from(`DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `),
    payload,
  ]);

type Trust = {
  /** The releaser's public key, as `pnpm provenance new-key` printed it. */
  publicKey: string;
  artifacts: readonly Artifact[];
};

/** Returns the statement if its signature is the key's and it names all artifacts, else throws why not. */
export function verifyStatement(envelope: string, { publicKey, artifacts }: Trust): Statement {
  const read = Envelope.safeParse(parseJson(envelope));
  if (!read.success) throw new Error("This is not a signed statement of provenance.");
  const payload = Buffer.from(read.data.payload, "base64");
  const [signature] = read.data.signatures;
  const key = createPublicKey({
    key: { kty: "OKP", crv: "Ed25519", x: publicKey },
    format: "jwk",
  });
  const bytes = Buffer.from(signature?.sig ?? "", "base64");
  if (!verify(null, encodeForSigning(payload), key, bytes)) {
    throw new Error("The statement is not signed with this key.");
  }
  const { data: statement } = Statement.safeParse(parseJson(payload.toString("utf8")));
  if (statement === undefined) throw new Error("The signed text is not a statement of provenance.");
  if (artifacts.length === 0) throw new Error("Name the files to verify.");
  for (const { name, content } of artifacts) {
    const sha256 = digest("sha256", content);
    const isNamed = statement.subject.some(
      (one) => one.name === name && one.digest.sha256 === sha256,
    );
    if (!isNamed) throw new Error(`The statement does not name ${name} with SHA-256 ${sha256}.`);
  }
  return statement;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
