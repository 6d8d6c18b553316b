import { z } from "zod";
import { sql } from "kysely";
import type { EvidenceFileKind } from "@ringfence/core/consents/evidence";
import { formatFileHash } from "@ringfence/core/proof/ledger";
import type { EvidenceFileId, PhoneId } from "@ringfence/core/ids";
import {
  ServiceError,
  type TransactionContext,
  selectRows,
  toStoredActor,
} from "../../platform/internal.ts";

/** A file that this member uploaded. `hash` is the text by which evidence names it. */
export type ClaimedFile = { id: EvidenceFileId; kind: EvidenceFileKind; hash: string };

type FileToClaim = { id: EvidenceFileId; kind: EvidenceFileKind };

/** Returns a file of this kind that this member uploaded, and locks it until the transaction ends. Throws for any other. */
export async function claimEvidenceFile(
  { db, organizationId, actor }: TransactionContext,
  { id, kind }: FileToClaim,
): Promise<ClaimedFile> {
  const [row] = await selectRows(
    { db },
    z.object({ kind: z.string(), sha256: z.string() }),
    sql`
    SELECT kind, encode(sha256, 'hex') AS sha256 FROM evidence_file
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid
      AND actor = ${JSON.stringify(toStoredActor(actor))}::jsonb
    FOR UPDATE`,
  );
  if (!row) throw new ServiceError("not-found", { key: "evidence.not-found" }, "/file");
  if (row.kind !== kind) {
    throw new ServiceError("invalid", { key: "evidence.other-kind", values: { kind } }, "/file");
  }
  return { id, kind, hash: formatFileHash(row.sha256) };
}

/** Throws if the file already proves an event of another phone. */
export async function assertFileOfSamePhone(
  { db, organizationId }: TransactionContext,
  { id }: ClaimedFile,
  phoneId: PhoneId,
) {
  const others = await db.evidence.count({
    where: { organizationId, fileId: id, consentEvent: { phoneId: { not: phoneId } } },
  });
  if (others > 0) throw new ServiceError("conflict", { key: "evidence.of-another-phone" }, "/file");
}

/** Attaches a file to the evidence of these events, which must be on record and name its hash. */
export async function attachEvidenceFile(
  { db, organizationId, now }: TransactionContext,
  { id }: ClaimedFile,
  eventIds: readonly string[],
) {
  if (eventIds.length === 0) return;
  await db.evidence.updateMany({
    where: { organizationId, consentEventId: { in: [...eventIds] } },
    data: { fileId: id },
  });
  await db.evidenceFile.update({
    where: { organizationId_id: { organizationId, id } },
    data: { attachedAt: now },
  });
}
