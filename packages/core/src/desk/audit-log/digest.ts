import { z } from "zod";
import { canonicalJson } from "../../people/jurisdiction/index.ts";
import {
  type Hash,
  base64url,
  computeTreeHead,
  decodeBase64url,
  hashLeaf,
  isSameHash,
} from "../../proof/ledger/index.ts";

/*
 * The digest of a day (UTC) is the number of its audit entries, and the root of a Merkle tree (RFC 6962) over them, by
 * time and then id. It is stated on the ledger, so an entry that is added, changed or removed later is found.
 * docs/proofs.md describes the bytes for outsiders.
 */

/** What a leaf of the tree is made of. Ids, counts and our own words: an audit entry holds nothing personal. */
export type AuditRecord = {
  id: string;
  at: Date;
  /** As stored: type, id, for some jobs the id of their subject, and for a person how their code reached them. */
  actor: unknown;
  action: string;
  phoneId: string | null;
  details: unknown;
};

/** Hashes an entry: the leaf hash of its canonical JSON (RFC 8785). */
export function hashAuditRecord({ id, at, actor, action, phoneId, details }: AuditRecord): Hash {
  const record = canonicalJson({
    s: "ringfence/audit-entry@v1",
    id,
    at: at.toISOString(),
    actor,
    action,
    phone_id: phoneId,
    details,
  });
  return hashLeaf(new TextEncoder().encode(record));
}

/** An entry of the tree. Of one that a retention sweep removed, only this is kept. */
export type DigestLeaf = { id: string; at: Date; leaf: Hash };

export type AuditDigest = { entries: number; root: Hash };

/** Computes the digest of the entries of a day, which may come in any order. */
export function computeAuditDigest(leaves: readonly DigestLeaf[]): AuditDigest {
  const ordered = leaves.toSorted(
    (a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1),
  );
  const { size, root } = computeTreeHead(ordered.map(({ leaf }) => leaf));
  return { entries: size, root };
}

/** Formats removed entries as the statement of their sweep hashes them: id, time and leaf hash, sorted, one a line. */
export const formatRemovedEntries = (removed: readonly DigestLeaf[]): string =>
  removed
    .map(({ id, at, leaf }) => `${id} ${at.toISOString()} ${base64url(leaf)}`)
    .toSorted()
    .join("\n");

/** The claims of a digest's statement on the ledger. */
export const AuditDigestClaims = z.object({
  kind: z.literal("audit.digest"),
  /** The day, such as `2026-12-01`. */
  day: z.iso.date(),
  entries: z.int().nonnegative(),
  /** In base64url. */
  root: z.string(),
});
export type AuditDigestClaims = z.infer<typeof AuditDigestClaims>;

/** Formats a root as the statement of its digest has it. */
export const formatRoot = (root: Hash): string => base64url(root);

/** True if a digest is what its statement says. */
export function isStatedDigest({ entries, root }: AuditDigest, stated: AuditDigestClaims): boolean {
  const bytes = decodeBase64url(stated.root);
  return entries === stated.entries && bytes !== null && isSameHash(root, bytes);
}

/** A line of the NDJSON file that the audit trail exports. Its other fields are for reading, and not hashed. */
const ExportedEntry = z.object({
  id: z.string(),
  at: z.coerce.date(),
  actor: z
    .looseObject({})
    .transform((actor) =>
      Object.fromEntries(Object.entries(actor).filter(([field]) => field !== "name")),
    ),
  action: z.string(),
  phoneId: z.string().nullable(),
  details: z.unknown(),
});

/** `differs`: an entry was added, changed or removed. `removed` counts those that a retention sweep removed. */
export type DayCheck = {
  day: string;
  result: "same" | "differs";
  stated: number;
  found: number;
  removed: number;
};

/**
 * Compares an exported file with the digests of days, each taken from a statement whose signature and place on the ledger
 * were checked. The file must hold the whole of these days, without other filters. `removed` are the leaves of entries
 * that stated retention sweeps removed since.
 */
export function checkAuditFile(
  ndjson: string,
  digests: readonly AuditDigestClaims[],
  removed: readonly DigestLeaf[] = [],
): DayCheck[] {
  const lines = ndjson.split("\n").filter((line) => line !== "");
  const found = lines.map((line): DigestLeaf => {
    const entry = ExportedEntry.parse(JSON.parse(line));
    return { id: entry.id, at: entry.at, leaf: hashAuditRecord(entry) };
  });
  const [foundByDay, removedByDay] = [Map.groupBy(found, toDay), Map.groupBy(removed, toDay)];
  return digests.map((stated) => {
    const [there, gone] = [foundByDay.get(stated.day) ?? [], removedByDay.get(stated.day) ?? []];
    const isSame = isStatedDigest(computeAuditDigest([...there, ...gone]), stated);
    return {
      day: stated.day,
      result: isSame ? "same" : "differs",
      stated: stated.entries,
      found: there.length,
      removed: gone.length,
    };
  });
}

/** The day (UTC) of an entry. */
const toDay = ({ at }: { at: Date }): string => at.toISOString().slice(0, 10);
