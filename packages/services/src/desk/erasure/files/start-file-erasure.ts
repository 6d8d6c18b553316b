import { sql } from "kysely";
import { z } from "zod";
import { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import {
  type TransactionContext,
  defineJob,
  enqueue,
  holdKeys,
  selectRows,
} from "../../../platform/internal.ts";
import { findOrphanedEvidence } from "./orphaned-evidence.ts";
import { type MarkedPerson, createMarks } from "./match-rows.ts";

/**
 * Saves keyed hashes that identify the person's rows, and queues their removal from uploads and results. Does nothing
 * if nothing identifies them. The generation of the key is saved too, so that the hashes still match after a rotation.
 * Must run in the transaction of the erasure: `person` was read before it, and the data is gone afterwards.
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
  await queueFileErasure(ctx);
}

/** Removes erased people from the uploads and results of an organization. */
export const eraseFromFilesJob = defineJob("erasure.files", {});

/** Queues the removal of erased people from an organization's files. */
export const queueFileErasure = (ctx: {
  db: Pick<Db["prisma"], "$kysely">;
  organizationId: OrganizationId;
}) =>
  enqueue(ctx, eraseFromFilesJob, {}, { key: `${eraseFromFilesJob.name} ${ctx.organizationId}` });

/** SQL condition on an `import`: a file of opt-outs or suppressions that no run has imported, dry runs apart. */
export const notImportedSql = sql`import.kind IN ('opt_outs', 'suppressions') AND NOT EXISTS (
  SELECT FROM run
  WHERE run.organization_id = import.organization_id AND run.subject_id = import.id
    AND run.status = 'done' AND run.outcome->>'isDryRun' = 'false')`;

/**
 * Queues the removal again for organizations where one is pending, where marks waited for a file of opt-outs or
 * suppressions that was imported since, or where recordings or scans prove nothing. Crosses organizations, which only
 * the sweep may do.
 */
export async function reviveFileErasures({ prisma }: Db): Promise<void> {
  const rows = await selectRows(
    { db: prisma },
    z.object({ organizationId: z.string() }),
    sql`
    SELECT DISTINCT organization_id AS "organizationId" FROM file_erasure AS erasure
    WHERE ended_at IS NULL OR (EXISTS (
      SELECT FROM file_erasure_mark AS mark
      WHERE mark.organization_id = erasure.organization_id AND erasure_id = erasure.id
    ) AND EXISTS (
      SELECT FROM import JOIN run
        ON run.organization_id = import.organization_id AND run.subject_id = import.id
      WHERE import.organization_id = erasure.organization_id
        AND import.created_at <= erasure.created_at AND import.kind IN ('opt_outs', 'suppressions')
        AND run.status = 'done' AND run.outcome->>'isDryRun' = 'false'
        AND run.ended_at > erasure.ended_at))`,
  );
  const orphans = await findOrphanedEvidence(prisma, null);
  const all = new Set([...rows, ...orphans].map(({ organizationId }) => organizationId));
  for (const id of all) {
    await queueFileErasure({ db: prisma, organizationId: OrganizationId.parse(id) });
  }
}
