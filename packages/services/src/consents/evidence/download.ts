import {
  type FileContext,
  type FileName,
  type FileStore,
  ServiceError,
  type TransactionContext,
  assertMaySeeStatements,
  evidenceFile,
  inTransaction,
  isOwnStatement,
  query,
  readAudited,
} from "../../platform/internal.ts";
// Hashing is deterministic.
// oxlint-disable-next-line house/no-ambient-input
import { createHash } from "node:crypto";
import { EvidenceMediaType } from "@ringfence/core/consents/evidence";
import { formatFileHash } from "@ringfence/core/proof/ledger";
import { EvidenceFileId, PhoneId } from "@ringfence/core/ids";
import { openStatements } from "../../proof/statement/internal.ts";

export type EvidenceDownload = { mediaType: EvidenceMediaType; content: AsyncIterable<Uint8Array> };

/**
 * Reads a recording or scan. The reader is written to the audit trail first. A file whose hash differs from
 * the one in the ledger statement is withheld.
 */
export const readEvidenceFile = query({
  name: "readEvidenceFile",
  action: "consent.prove",
  input: EvidenceFileId,
  transaction: "by run",
  run: async (ctx: FileContext, id: EvidenceFileId): Promise<EvidenceDownload> => {
    const { files, organizationId } = ctx;
    const { phoneId, eventIds } = await inTransaction(ctx, (ctx) => findProvenEvents(ctx, id));
    const { mediaType, hashes } = await readAudited(ctx, "consent.prove", phoneId, async (ctx) => {
      await assertMaySeeStatements(ctx, eventIds);
      const where = { organizationId_id: { organizationId, id } };
      const file = await ctx.db.evidenceFile.findUniqueOrThrow({ where });
      return {
        mediaType: EvidenceMediaType.parse(file.mediaType),
        hashes: await loadStatedHashes(ctx, eventIds),
      };
    });
    const name = evidenceFile(organizationId, id);
    if (!(await files.has(name))) throw new ServiceError("not-found", { key: "evidence.missing" });
    if (!hashes.includes(formatFileHash(await hashFile(files, name)))) {
      throw new ServiceError("conflict", { key: "evidence.changed" });
    }
    return { mediaType, content: files.read(name) };
  },
  audit: "by run",
});

/** Finds the phone and the events that a file proves. Throws if it proves none. */
async function findProvenEvents(
  { db, organizationId }: TransactionContext,
  fileId: EvidenceFileId,
) {
  const rows = await db.evidence.findMany({
    where: { organizationId, fileId },
    select: { consentEventId: true, consentEvent: { select: { phoneId: true } } },
  });
  const [first] = rows;
  if (!first) throw new ServiceError("not-found", { key: "evidence.not-found" });
  return {
    phoneId: PhoneId.parse(first.consentEvent.phoneId),
    eventIds: rows.map(({ consentEventId }) => consentEventId),
  };
}

/** Loads the file hashes named in statements that this installation signed. */
async function loadStatedHashes(ctx: TransactionContext, eventIds: readonly string[]) {
  const stated = await openStatements(ctx, { about: eventIds });
  return stated
    .filter(({ jwt }) => isOwnStatement(ctx.keys, jwt))
    .flatMap(({ claims }) => [claims.recording, claims.scan]);
}

async function hashFile(files: FileStore, name: FileName) {
  const hash = createHash("sha256");
  for await (const chunk of files.read(name)) hash.update(chunk);
  return hash.digest("hex");
}
