import { sql } from "kysely";
import {
  ServiceError,
  type TransactionContext,
  assertMaySeeStatements,
  query,
  selectRows,
} from "../../platform/internal.ts";
import {
  EntryKind,
  type LeafRange,
  type TlogProof,
  computeRangeRoot,
  hashLeaf,
  pathRanges,
  proveInclusion,
  writeSpicy,
  writeTlogProof,
} from "@ringfence/core/proof/ledger";
import { z } from "zod";
import { LOG_ID, loadTileReader } from "./tiles.ts";
import { loadScreeningRecords } from "./commit-screenings.ts";

/**
 * Reads the proof of a statement or a screening, which anyone can check without us. `id` is that of the entry
 * or the screening. A screening is proven by the statement of its batch.
 */
export const readProof = query({
  name: "readProof",
  action: "proof.read",
  input: z.uuid(),
  run: async (ctx, id): Promise<ProofView> => {
    const proof = await loadProof(ctx, id);
    await assertMaySeeStatements(ctx, await findSubjectIds(ctx, proof, id));
    return proof;
  },
  audit: "none",
});

/**
 * Loads a proof without checking that the actor may see it: the caller does that. Throws `not-found` if there is no
 * such entry or screening, or the screening was removed after its retention period.
 */
export const loadProof = async (ctx: TransactionContext, id: string): Promise<ProofView> => {
  const entry = await findEntry(ctx, id);
  if (entry === null) throw new ServiceError("not-found", { key: "error.proof-not-found" });
  const screening = entry.entryId === id ? null : await proveScreening(ctx, id, entry.entryId);
  const checkpoint = await findProvingCheckpoint(ctx, entry.index);
  return {
    ...toEntryView(entry),
    ...(screening && { screening }),
    ...(await proveEntry(ctx, entry, checkpoint)),
  };
};

/**
 * Finds the ids of the records that a proof is about, such as a consent event. For a screening, only its own, not those
 * of its batch; for a batch of screenings that is read by its own id, none.
 */
async function findSubjectIds(
  { db, organizationId }: TransactionContext,
  { id: entryId, kind, statement }: Pick<ProofView, "id" | "kind" | "statement">,
  id: string,
): Promise<readonly string[]> {
  if (entryId !== id) return [id];
  if (kind === "scrub") return readScrubIds(statement);
  const rows = await selectRows(
    { db },
    z.object({ about: z.string() }),
    sql`
    SELECT about FROM vault.statement
    WHERE organization_id = ${organizationId}::uuid AND entry_id = ${entryId}::uuid`,
  );
  return rows.map(({ about }) => about);
}

/** Reads the scrub id from a statement. We signed it ourselves, so its signature is not checked. */
function readScrubIds(statement: string): readonly string[] {
  const payload = Buffer.from(statement.split(".")[1] ?? "", "base64url").toString();
  const { data } = ScrubClaims.safeParse(JSON.parse(payload));
  return data ? [data.scrubId] : [];
}

const ScrubClaims = z.object({ scrubId: z.string() });

const toEntryView = ({ entryId, kind, statement, leaf, acceptedAt }: LedgerEntry) => ({
  id: entryId,
  kind,
  statement,
  leaf: Buffer.from(leaf).toString("utf8"),
  acceptedAt,
});

async function proveEntry(
  ctx: TransactionContext,
  { index }: LedgerEntry,
  checkpoint: ProvingCheckpoint | null,
): Promise<Pick<ProofView, "state" | "index" | "proof" | "spicy" | "timestamps">> {
  if (index === null || checkpoint === null) return { state: "accepted" };

  const proof = {
    index,
    checkpoint: checkpoint.note,
    path: await loadInclusionPath(ctx, index, checkpoint.size),
  };
  const { timestamps } = checkpoint;
  return {
    state: toProofState(checkpoint),
    index,
    proof: writeTlogProof(proof),
    spicy: writeSpicy(proof),
    ...(timestamps.length > 0 && { timestamps }),
  };
}

const toProofState = ({ timestamps, isWitnessed }: ProvingCheckpoint) =>
  timestamps.length > 0 ? "timestamped" : isWitnessed ? "witnessed" : "included";

async function loadInclusionPath(
  { db }: TransactionContext,
  index: number,
  size: number,
): Promise<TlogProof["path"]> {
  const ranges: LeafRange[] = pathRanges(index, size);
  const readTile = await loadTileReader(db, ranges);
  return ranges.map((range) => computeRangeRoot(range, readTile));
}

const LedgerEntry = z.object({
  entryId: z.string(),
  kind: EntryKind,
  statement: z.string(),
  leaf: z.instanceof(Uint8Array),
  acceptedAt: z.date(),
  /** Its index in the log; null until it is sequenced. */
  index: z.number().nullable(),
});
type LedgerEntry = z.infer<typeof LedgerEntry>;

/**
 * Finds the organization's entry with this id, or the entry that commits to the screening with this id; null if
 * neither.
 */
export async function findEntry(
  { db, organizationId }: TransactionContext,
  id: string,
): Promise<LedgerEntry | null> {
  if (!z.guid().safeParse(id).success) return null;
  const [found] = await selectRows(
    { db },
    LedgerEntry,
    sql`
    SELECT entry.entry_id AS "entryId", kind, statement, leaf, accepted_at AS "acceptedAt",
      leaf_index::float8 AS index
    FROM ledger.entry LEFT JOIN ledger.leaf USING (entry_id)
    WHERE organization_id = ${organizationId}::uuid AND entry.entry_id IN (
      ${id}::uuid,
      (SELECT entry_id FROM ledger.screening_leaf
        WHERE organization_id = ${organizationId}::uuid AND screening_id = ${id}::uuid))`,
  );
  return found ?? null;
}

const ProvingCheckpoint = z.object({
  size: z.number(),
  note: z.string(),
  isWitnessed: z.boolean(),
  timestamps: z
    .object({ tsa: z.string(), token: z.string() })
    .array()
    .nullable()
    .transform((timestamps) => timestamps ?? []),
});
type ProvingCheckpoint = z.infer<typeof ProvingCheckpoint>;

/**
 * Finds the checkpoint that proves most about an entry: the first one with a time stamp, otherwise the
 * first with a witness, otherwise the first. The earlier it is, the narrower the time in which the entry
 * was made.
 */
async function findProvingCheckpoint(
  { db }: TransactionContext,
  index: number | null,
): Promise<ProvingCheckpoint | null> {
  if (index === null) return null;
  const size = BigInt(index + 1);
  const [found] = await selectRows(
    { db },
    ProvingCheckpoint,
    sql`
    SELECT checkpoint.size::float8, cosigned.lines IS NOT NULL AS "isWitnessed",
      note || coalesce(cosigned.lines, '') AS note, stamped.timestamps
    FROM ledger.checkpoint
    CROSS JOIN LATERAL (
      SELECT string_agg(line, '' ORDER BY witness) AS lines FROM ledger.cosignature
      WHERE cosignature.log_id = checkpoint.log_id AND cosignature.size = checkpoint.size
    ) cosigned
    CROSS JOIN LATERAL (
      SELECT json_agg(json_build_object(
        'tsa', tsa, 'token', translate(encode(token, 'base64'), E'\n', '')) ORDER BY tsa) AS timestamps
      FROM ledger.tsa_token
      WHERE tsa_token.log_id = checkpoint.log_id AND tsa_token.size = checkpoint.size
    ) stamped
    WHERE checkpoint.log_id = ${LOG_ID} AND checkpoint.size IN (
      (SELECT min(size) FROM ledger.tsa_token WHERE log_id = ${LOG_ID} AND size >= ${size}),
      (SELECT min(size) FROM ledger.cosignature WHERE log_id = ${LOG_ID} AND size >= ${size}),
      (SELECT min(size) FROM ledger.checkpoint WHERE log_id = ${LOG_ID} AND size >= ${size}))
    ORDER BY stamped.timestamps IS NULL, cosigned.lines IS NULL, checkpoint.size LIMIT 1`,
  );
  return found ?? null;
}

/** Loads the record of a screening, and computes its path to the root that its batch's statement names. */
async function proveScreening(
  { db, organizationId }: TransactionContext,
  screeningId: string,
  entryId: string,
): Promise<ProofView["screening"]> {
  const rows = await selectRows(
    { db },
    z.object({ id: z.string() }),
    sql`
    SELECT screening_id AS id FROM ledger.screening_leaf
    WHERE organization_id = ${organizationId}::uuid AND entry_id = ${entryId}::uuid
    ORDER BY leaf_index`,
  );
  const ids = rows.map(({ id }) => id);
  if ((await db.screening.count({ where: { organizationId, id: screeningId } })) === 0)
    throw new ServiceError("not-found", { key: "error.screening-removed" });
  const removed = await loadRemovedLeaves(db, organizationId, ids);
  const stored = ids.filter((id) => !removed.has(id));
  const records = await loadScreeningRecords(db, organizationId, stored);
  const recordsById = new Map(stored.map((id, at) => [id, records[at] ?? ""]));
  const index = ids.indexOf(screeningId);
  const { path } = proveInclusion(
    ids.map((id) => removed.get(id) ?? hashLeaf(Buffer.from(recordsById.get(id) ?? ""))),
    index,
  );
  return {
    record: recordsById.get(screeningId) ?? "",
    index,
    size: ids.length,
    path: path.map((hash) => Buffer.from(hash).toString("base64")),
  };
}

/** Loads the leaf hashes of screenings that were removed after their retention period, while others of their batch stay. */
async function loadRemovedLeaves(
  db: TransactionContext["db"],
  organizationId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const rows = await selectRows(
    { db },
    z.object({ id: z.string(), hash: z.instanceof(Uint8Array) }),
    sql`
    SELECT screening_id AS id, leaf_hash AS hash FROM ledger.removed_leaf
    WHERE organization_id = ${organizationId}::uuid AND screening_id = ANY (${[...ids]}::uuid[])`,
  );
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}

/** Proof of one statement: its text, its leaf, and the path from the leaf to a signed checkpoint. */
export const ProofView = z
  .object({
    /** Id of the entry. */
    id: z.string(),
    kind: EntryKind,
    /**
     * `accepted` is recorded, `included` is in the log, `witnessed` was seen by a witness, `timestamped` is
     * covered by a time stamp.
     */
    state: z.enum(["accepted", "included", "witnessed", "timestamped"]),
    acceptedAt: z.date(),
    /** The issuer-signed JWT. */
    statement: z.string(),
    /** The leaf in the log: canonical JSON with the SHA-256 of the statement. */
    leaf: z.string(),
    index: z.int().optional(),
    /** C2SP tlog-proof: the path and the signed checkpoint. */
    proof: z.string().optional(),
    /** The same proof in the format of `spicy-litetlog -verify`. */
    spicy: z.string().optional(),
    /** RFC 3161 tokens over the note of the checkpoint, base64. */
    timestamps: z.array(z.object({ tsa: z.string(), token: z.string() })).optional(),
    /**
     * For a screening: its record, and its position in the tree whose root the statement contains (RFC
     * 6962).
     */
    screening: z
      .object({ record: z.string(), index: z.int(), size: z.int(), path: z.array(z.string()) })
      .optional(),
  })
  .meta({ id: "Proof" });
export type ProofView = z.infer<typeof ProofView>;
