import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { freshIds } from "../../platform/fresh-ids.ts";
import { putStatements } from "../../proof/statement/put-statements.ts";
import { statedWorld } from "../../proof/statement/stated-world.ts";

type Ended = { at: Date; erasureIds: readonly string[] };

/** Ends the erasures whose files were all read since their last run ended; the others are read again. */
export async function endFileErasures(ctx: TransactionContext, { at, erasureIds }: Ended) {
  const { db, organizationId, now } = ctx;
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM file_erasure AS erasure
    WHERE organization_id = ${organizationId}::uuid AND ended_at IS NULL
      AND id = ANY (${erasureIds}::uuid[]) AND NOT EXISTS (
        SELECT FROM run
        WHERE run.organization_id = erasure.organization_id AND job IN ('scrub.run', 'import.run')
          AND (status IN ('queued', 'running') OR ended_at >= ${at})
          AND subject_id IN (
            SELECT id FROM scrub
            WHERE scrub.organization_id = erasure.organization_id
              AND scrub.created_at <= erasure.created_at
            UNION ALL SELECT id FROM import
            WHERE import.organization_id = erasure.organization_id
              AND import.created_at <= erasure.created_at))
    ORDER BY id`;
  for (const { id } of rows) {
    const actId = await stateErasedRows(ctx, id);
    await db.fileErasureMark.deleteMany({ where: { organizationId, erasureId: id } });
    await db.fileErasure.update({
      where: { organizationId_id: { organizationId, id } },
      data: { endedAt: now, actId },
    });
  }
}

/** States of each file what it was and is, where it lost rows of this person. */
async function stateErasedRows(ctx: TransactionContext, erasureId: string): Promise<string | null> {
  const { db, organizationId, now } = ctx;
  const rows = await db.erasedFileRows.findMany({
    where: { organizationId, erasureId },
    orderBy: [{ subjectId: "asc" }, { file: "asc" }, { attempt: "asc" }, { at: "asc" }],
  });
  if (rows.length === 0) return null;
  const [id] = await freshIds(ctx, 1);
  if (!id) throw new Error("an act got no id");
  const files = rows.map(({ subjectId, file, beforeSha256, afterSha256, rows }) => ({
    id: subjectId,
    file,
    rows,
    before: Buffer.from(beforeSha256).toString("hex"),
    after: Buffer.from(afterSha256).toString("hex"),
  }));
  const { organization } = await statedWorld(ctx, []);
  const claims = { organization, erasure: erasureId, files, at: now.toISOString() };
  await putStatements(ctx, "erasure", [{ subjectId: erasureId, about: id, claims }]);
  const count = rows.reduce((sum, { rows }) => sum + rows, 0);
  await appendAudit(ctx, "person.erase-from-files", { erasureId, files: rows.length, rows: count });
  return id;
}
