import { query } from "../../platform/verb.ts";
import { createHash } from "node:crypto";
import { EvidenceMediaType, writeFileHash } from "@ringfence/core/consents/evidence";
import { EvidenceFileId, PhoneId } from "@ringfence/core/ids";
import { assertMaySeeStatements } from "../../platform/access/may-see-statements.ts";
import { readAudited } from "../../platform/access/read-audited.ts";
import {
  type FileContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { type FileName, type FileStore, evidenceFile } from "../../platform/files/index.ts";
import { isOwnStatement } from "../../platform/keys/own-statement.ts";
import { openStatements } from "../../proof/statement/open-statements.ts";
// Hashing is deterministic: it makes no result depend on when or where it runs.
// oxlint-disable-next-line house/no-ambient-input

export type ReadEvidence = { mediaType: EvidenceMediaType; content: AsyncIterable<Uint8Array> };

/**
 * Reads a recording or scan. Whoever reads it is on record first. A file whose bytes are not the ones that a
 * statement names is not given out.
 */
export const readEvidenceFile = query({
  name: "readEvidenceFile",
  action: "consent.prove",
  input: EvidenceFileId,
  transaction: "by run",
  run: async (ctx: FileContext, id: EvidenceFileId): Promise<ReadEvidence> => {
    const { files, organizationId } = ctx;
    const { phoneId, eventIds } = await inTransaction(ctx, (ctx) => findProven(ctx, id));
    const { mediaType, hashes } = await readAudited(ctx, "consent.prove", phoneId, async (ctx) => {
      await assertMaySeeStatements(ctx, eventIds);
      const where = { organizationId_id: { organizationId, id } };
      const file = await ctx.db.evidenceFile.findUniqueOrThrow({ where });
      return {
        mediaType: EvidenceMediaType.parse(file.mediaType),
        hashes: await statedHashes(ctx, eventIds),
      };
    });
    const name = evidenceFile(organizationId, id);
    if (!(await files.has(name))) throw new ServiceError("not-found", { key: "evidence.missing" });
    if (!hashes.includes(writeFileHash(await hashFile(files, name)))) {
      throw new ServiceError("conflict", { key: "evidence.changed" });
    }
    return { mediaType, content: files.read(name) };
  },
  audit: "by run",
});

/** Finds whose file it is, and the events that it proves. A file that proves none is not there. */
async function findProven({ db, organizationId }: TransactionContext, fileId: EvidenceFileId) {
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

/** Loads the hashes that our own statements name. */
async function statedHashes(ctx: TransactionContext, eventIds: readonly string[]) {
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
