import { query } from "../../platform/verb.ts";
import {
  type LeafRange,
  pathRanges,
  rootOfRange,
  type TlogProof,
  writeSpicy,
  writeTlogProof,
} from "@ringfence/core/proof/ledger";
import { z } from "zod";
import { allowStated } from "../../platform/access/allow-stated.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { findEntry, type FoundEntry } from "./find-entry.ts";
import { findProvingCheckpoint, type ProvingCheckpoint } from "./find-proving-checkpoint.ts";
import type { ProofView } from "./proof-view.ts";
import { readTilesFor } from "./read-tiles.ts";
import { readScreeningProof } from "./read-screening-proof.ts";

/**
 * The proof of a statement, or of a screening by the statement that it is in: what anyone can check
 * without us. `id` is that of the entry, or of the screening.
 */
export const readProof = query({
  name: "readProof",
  action: "proof.read",
  input: z.custom<string>(),
  run: async (ctx, id): Promise<ProofView> => {
    const proof = await proofOf(ctx, id);
    await allowStated(ctx, await findSubjectIds(ctx, proof, id));
    return proof;
  },
  audit: "by run",
});

/** The same for a verb that has asked whether its actor may see it. */
export const proofOf = async (ctx: TransactionContext, id: string): Promise<ProofView> => {
  const entry = await findEntry(ctx, id);
  if (entry === null) throw new ServiceError("not-found", { key: "error.proof-not-found" });
  const screening = entry.entryId === id ? null : await readScreeningProof(ctx, id, entry.entryId);
  const checkpoint = await findProvingCheckpoint(ctx, entry.index);
  return {
    ...toldOf(entry),
    ...(screening && { screening }),
    ...(await provenBy(ctx, entry, checkpoint)),
  };
};

/**
 * Finds the ids of the rows that a proof is about: for a batch, only the requested screening; for a batch
 * read by its own id, none.
 */
async function findSubjectIds(
  { db, organizationId }: TransactionContext,
  { id: entryId, kind, statement }: Pick<ProofView, "id" | "kind" | "statement">,
  id: string,
): Promise<readonly string[]> {
  if (entryId !== id) return [id];
  if (kind === "scrub") return readScrubIds(statement);
  const rows = await db.$queryRaw<{ about: string }[]>`
    SELECT about FROM vault.statement
    WHERE organization_id = ${organizationId}::uuid AND entry_id = ${entryId}::uuid`;
  return rows.map(({ about }) => about);
}

/** Reads the scrub id from a statement. We signed it ourselves, so its signature is not checked. */
function readScrubIds(statement: string): readonly string[] {
  const payload = Buffer.from(statement.split(".")[1] ?? "", "base64url").toString();
  const { data } = ScrubClaims.safeParse(JSON.parse(payload));
  return data ? [data.scrubId] : [];
}

const ScrubClaims = z.object({ scrubId: z.string() });

const toldOf = ({ entryId, kind, statement, leaf, acceptedAt }: FoundEntry) => ({
  id: entryId,
  kind,
  statement,
  leaf: Buffer.from(leaf).toString("utf8"),
  acceptedAt,
});

async function provenBy(
  ctx: TransactionContext,
  { index }: FoundEntry,
  checkpoint: ProvingCheckpoint | null,
): Promise<Pick<ProofView, "state" | "index" | "proof" | "spicy" | "timestamps">> {
  if (index === null || checkpoint === null) return { state: "accepted" };

  const proof = {
    index,
    checkpoint: checkpoint.note,
    path: await pathOf(ctx, index, checkpoint.size),
  };
  const { timestamps } = checkpoint;
  return {
    state: stateOf(checkpoint),
    index,
    proof: writeTlogProof(proof),
    spicy: writeSpicy(proof),
    ...(timestamps.length > 0 && { timestamps }),
  };
}

const stateOf = ({ timestamps, isWitnessed }: ProvingCheckpoint) =>
  timestamps.length > 0 ? "timestamped" : isWitnessed ? "witnessed" : "included";

async function pathOf(
  { db }: TransactionContext,
  index: number,
  size: number,
): Promise<TlogProof["path"]> {
  const ranges: LeafRange[] = pathRanges(index, size);
  const readTile = await readTilesFor(db, ranges);
  return ranges.map((range) => rootOfRange(range, readTile));
}
