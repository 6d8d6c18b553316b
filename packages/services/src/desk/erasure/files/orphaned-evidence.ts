import { sql } from "kysely";
import { z } from "zod";
import { EvidenceFileId, OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import {
  type FileContext,
  evidenceFile,
  inTransaction,
  selectRows,
} from "../../../platform/internal.ts";

type Orphan = { organizationId: OrganizationId; id: EvidenceFileId };

/**
 * Finds recordings and scans that prove nothing: what they proved was erased, or they were uploaded over a
 * day ago and never used for a consent or withdrawal. Of one organization, or of all.
 */
export async function findOrphanedEvidence(
  db: Pick<Db["prisma"], "$kysely">,
  organizationId: OrganizationId | null,
): Promise<Orphan[]> {
  const rows = await selectRows(
    { db },
    z.object({ organizationId: z.string(), id: z.string() }),
    sql`
    SELECT organization_id AS "organizationId", id FROM evidence_file AS file
    WHERE (organization_id = ${organizationId}::uuid OR ${organizationId}::uuid IS NULL)
      AND (attached_at IS NOT NULL OR uploaded_at < clock_timestamp() - interval '1 day')
      AND NOT EXISTS (
        SELECT FROM evidence
        WHERE evidence.organization_id = file.organization_id AND file_id = file.id)`,
  );
  return rows.map((row) => ({
    organizationId: OrganizationId.parse(row.organizationId),
    id: EvidenceFileId.parse(row.id),
  }));
}

/** Erases recordings and scans that prove nothing. After a crash it starts again. */
export async function eraseOrphanedEvidence(ctx: FileContext): Promise<void> {
  const { files, organizationId } = ctx;
  const found = await inTransaction(ctx, ({ db }) => findOrphanedEvidence(db, organizationId));
  for (const { id } of found) {
    await inTransaction(ctx, async ({ db }) => {
      // Locked, so that no consent can be recorded with it meanwhile.
      await db.$queryRaw`
        SELECT FROM evidence_file
        WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR UPDATE`;
      const orphans = await findOrphanedEvidence(db, organizationId);
      if (!orphans.some((orphan) => orphan.id === id)) return;
      await files.eraseDraft(evidenceFile(organizationId, id));
      await files.erase(evidenceFile(organizationId, id));
      await db.evidenceFile.delete({ where: { organizationId_id: { organizationId, id } } });
    });
  }
}
