import {
  ByteStream,
  type FileContext,
  ServiceError,
  type StartedRun,
  type TransactionContext,
  appendAudit,
  command,
  createId,
  inTransaction,
  registryFile,
  saveUpload,
  startRun,
} from "../../platform/internal.ts";
import { z } from "zod";
import { RegistryId, UploadId } from "@ringfence/core/ids";
import { RegistrySource } from "@ringfence/core/do-not-call/registry";
import { mendText } from "@ringfence/core/platform/text";
import { assertConnected, lockRegistry } from "./registry.ts";

const NewEdition = z.strictObject({
  registryId: RegistryId,
  /** The uploader's name for the file. */
  fileName: z.string(),
  /** The file, plain or zipped, of any size. */
  content: ByteStream,
});
type NewEdition = z.infer<typeof NewEdition>;

/** Saves an uploaded file in place of the previous one and starts to read it. */
export const uploadEdition = command({
  name: "uploadEdition",
  action: "registry.change",
  input: NewEdition,
  transaction: "by run",
  run: async (
    ctx: FileContext,
    { registryId, fileName, content }: NewEdition,
  ): Promise<StartedRun> => {
    const { files, organizationId } = ctx;
    const id = await inTransaction(ctx, (ctx) => createId(ctx, UploadId));
    const file = registryFile(organizationId, id);
    const { run, replaced } = await saveUpload(files, file, content, (bytes) =>
      inTransaction(ctx, (ctx) => recordUpload(ctx, registryId, { id, fileName, bytes })),
    );
    if (replaced) await files.erase(registryFile(organizationId, replaced));
    return run;
  },
  // One row, in the transaction that records the upload. The file is written before it.
  audit: "by run",
});

/** Records the upload. A run that is reading the previous file notices and reads again. */
async function recordUpload(
  ctx: TransactionContext,
  registryId: RegistryId,
  { id, fileName, bytes }: { id: UploadId; fileName: string; bytes: number },
) {
  const { db, organizationId, now } = ctx;
  assertConnected(await lockRegistry(ctx, registryId));
  const where = { organizationId, id: registryId };
  const registry = await db.registry.findFirstOrThrow({ where });
  const before = RegistrySource.parse(registry.source);
  if (before.kind !== "upload") {
    throw new ServiceError("conflict", { key: "error.registry-not-uploaded" });
  }
  const name = mendText(fileName).slice(0, 255) || "list";
  const source = { kind: "upload", file: { id, name, uploadedAt: now.toISOString() } } as const;
  await db.registry.updateMany({ where, data: { source } });
  await appendAudit(ctx, "registry.change", { registryId, change: "uploaded", bytes });
  return { run: await startRun(ctx, "registry.sync", registryId), replaced: before.file?.id };
}
