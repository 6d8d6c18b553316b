import { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import type { TransactionContext } from "../../../platform/context.ts";
import { holdKeys } from "../../../platform/keys/key-ring.ts";
import { findOrphanedEvidence } from "./orphaned-evidence.ts";
import { type MarkedPerson, createMarks } from "./match-rows.ts";

/**
 * Lets a worker take the rows of a person out of uploads and results, in the transaction in which they are
 * erased: by keyed hashes, for afterwards nothing says any more what they were called.
 */
export async function startFileErasure(
  ctx: TransactionContext,
  erasureId: string,
  person: MarkedPerson,
) {
  const { db, keys, organizationId, now } = ctx;
  const generation = await holdKeys(db);
  const marks = createMarks(await keys.phoneSecret(organizationId, generation), person);
  if (marks.length === 0) return;
  const whose = { organizationId, erasureId };
  await db.fileErasure.create({
    data: { organizationId, id: erasureId, keyGeneration: generation, createdAt: now },
  });
  await db.fileErasureMark.createMany({
    data: marks.map((mark) => ({ ...whose, ...mark })),
    skipDuplicates: true,
  });
  await queueFileErasure(db, organizationId);
}

/** Lets a worker erase what is to go from the files of an organization. */
export const queueFileErasure = (
  db: Pick<Db["prisma"], "$executeRaw">,
  organizationId: OrganizationId,
) =>
  db.$executeRaw`
    SELECT graphile_worker.add_job('erasure.files',
      json_build_object('organizationId', ${organizationId}::uuid),
      job_key := 'erasure.files ' || ${organizationId}::uuid)`;

/** Queues what is still to go from files. Crosses organizations, which only the sweep may do. */
export async function reviveFileErasures({ prisma }: Db): Promise<void> {
  const rows = await prisma.$queryRaw<{ organizationId: string }[]>`
    SELECT DISTINCT organization_id AS "organizationId" FROM file_erasure WHERE ended_at IS NULL`;
  const orphans = await findOrphanedEvidence(prisma, null);
  const all = new Set([...rows, ...orphans].map(({ organizationId }) => organizationId));
  for (const id of all) await queueFileErasure(prisma, OrganizationId.parse(id));
}
