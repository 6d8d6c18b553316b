import {
  ByteStream,
  type FileContext,
  ServiceError,
  appendAudit,
  command,
  createId,
  importFile,
  inTransaction,
  saveUpload,
  toStoredActor,
  watchChunks,
} from "../../platform/internal.ts";
import { z } from "zod";
// Hashing is deterministic.
// oxlint-disable-next-line house/no-ambient-input
import { createHash } from "node:crypto";
import { ImportId } from "@ringfence/core/ids";
import { ImportKind, createEncodingDetector } from "@ringfence/core/desk/import";
import { mendText } from "@ringfence/core/platform/text";
import { assertDailyRowsLeft } from "../../account/organization/internal.ts";
import { assertMayImport } from "./import.ts";
import { guessFileMapping } from "./read-table.ts";

const NewImport = z.strictObject({
  kind: ImportKind,
  /** File name on the person's computer. */
  fileName: z.string(),
  /** The file as it arrives, of any size. */
  content: ByteStream,
});
type NewImport = z.infer<typeof NewImport>;

/**
 * Stores a file for an import, and guesses its mapping. None of its rows is imported yet. Throws `invalid` for a file
 * that is not text or has no rows, and keeps nothing of it. Throws `limit-reached` before it reads anything when the rows
 * of the day are used up.
 */
export const uploadImport = command({
  name: "uploadImport",
  action: "import.run",
  input: NewImport,
  transaction: "by run",
  run: async (
    ctx: FileContext,
    { kind, fileName, content }: NewImport,
  ): Promise<{ id: ImportId }> => {
    assertMayImport(ctx, kind);
    const { files, organizationId } = ctx;
    const id = await inTransaction(ctx, async (ctx) => {
      await assertDailyRowsLeft(ctx, kind);
      return createId(ctx, ImportId);
    });
    const name = importFile(organizationId, id);
    const detector = createEncodingDetector();
    const hash = createHash("sha256");
    const onChunk = (chunk: Uint8Array) => {
      detector.push(chunk);
      hash.update(chunk);
    };
    await saveUpload(files, name, watchChunks(content, onChunk), async (bytes) => {
      const { encoding, fault } = detector.result();
      if (fault) throw new ServiceError("invalid", fault, "/file");
      await inTransaction(ctx, async (ctx) => {
        const { db, now, actor } = ctx;
        const mapping = await guessFileMapping(ctx, { kind, encoding }, () => files.read(name));
        const row = {
          organizationId,
          id,
          kind,
          fileName: mendText(fileName).slice(0, 255),
          mapping,
        };
        const more = { isDryRun: true, createdAt: now, actor: toStoredActor(actor) };
        await db.import.create({ data: { ...row, bytes, digest: hash.digest(), ...more } });
        await appendAudit(ctx, "import.run", { importId: id, kind, bytes });
      });
    });
    return { id };
  },
  // One row, in the transaction that stores the import.
  audit: "by run",
});
