import { z } from "zod";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/**
 * An evidence pack is a folder (handed out as a ZIP) whose files are listed in a signed manifest. The records of what
 * happened are below `past` and do not change: a pack that is made again has the same bytes there, unless data was
 * erased meanwhile. Their proofs are beside that folder, as of the day on which the pack was made.
 */
export const packPaths = {
  manifest: "manifest.json",
  signature: "manifest.jws",
  policy: "keys/policy.txt",
  keys: "keys/jwks.json",
  /** The record of a screening, as the ledger commits to it. */
  screening: (id: string) => `past/screenings/${id}.json`,
  /** The same screening in words, with its rules and citations. */
  explanation: (id: string) => `explained/screenings/${id}.json`,
  call: (id: string) => `past/calls/${id}.json`,
  /** A statement with all that it shows, or the JWS of one that concerns nobody. */
  statement: (entryId: string) => `past/statements/${entryId}.txt`,
  /** A rule set, by its SHA-256. */
  law: (hash: string) => `past/law/${hash}.json`,
  /** A policy of the organization, by its SHA-256. */
  ownRules: (hash: string) => `past/policies/${hash}.json`,
  text: (id: string, version: number) => `past/texts/${id}-${version}.json`,
  /** A recording or scan that proves a consent or a withdrawal, by its SHA-256. */
  evidence: (hash: string, ending: string) => `past/evidence/${hash}.${ending}`,
  certificate: (id: string) => `certificates/${id}.json`,
  /** The proof of an entry of the log, or of a screening: the answer of `GET /v1/proofs/{id}`. */
  proof: (id: string) => `proofs/${id}.json`,
  /** The leaf of the log by itself. Debian's `spicy-litetlog -verify` reads its proof beside it (`.spicy`). */
  leaf: (id: string) => `proofs/${id}.leaf`,
} as const;

export const PACK_TYPE = "ringfence-pack+jwt";

/** Lists the files of a pack. The signed manifest is the payload of a JWS. */
export const PackManifest = z.strictObject({
  format: z.literal("ringfence/pack@v1"),
  /** `ringfence:` and the id of the organization. */
  iss: z.string(),
  /** When the pack was made, in seconds. */
  iat: z.int(),
  /** All files but the manifest and its signature, by path. `sha256` is what `sha256sum` prints. */
  files: z.array(z.strictObject({ path: z.string(), bytes: z.int(), sha256: z.string() })),
});
export type PackManifest = z.infer<typeof PackManifest>;

/** The files of a pack by their path below its folder, with `/` between names. */
export type PackFiles = ReadonlyMap<string, Uint8Array>;

/** Lists the files in the order of their paths, with the size and the SHA-256 of each. */
export const listPackFiles = (files: PackFiles): PackManifest["files"] =>
  [...files]
    .map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: bytesToHex(sha256(bytes)) }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
