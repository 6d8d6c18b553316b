import {
  ByteStream,
  type FileContext,
  ServiceError,
  appendAudit,
  command,
  createId,
  evidenceFile,
  inTransaction,
  saveUpload,
  toStoredActor,
  watchChunks,
} from "../../platform/internal.ts";
import { z } from "zod";
// Hashing is deterministic.
// oxlint-disable-next-line house/no-ambient-input
import { createHash } from "node:crypto";
import {
  EVIDENCE_BYTES_MAX,
  EvidenceFileKind,
  EvidenceMediaType,
  evidenceTypes,
} from "@ringfence/core/consents/evidence";
import { EvidenceFileId } from "@ringfence/core/ids";
import { fileTypeFromBuffer } from "file-type";

const EvidenceUpload = z.strictObject({ kind: EvidenceFileKind, content: ByteStream });
type EvidenceUpload = z.infer<typeof EvidenceUpload>;

/**
 * Saves a recording or scan. It proves nothing until a consent or a withdrawal is recorded with it, and is
 * erased after a day if none is. Its name is not kept, because people name files after persons.
 */
export const uploadEvidenceFile = command({
  name: "uploadEvidenceFile",
  action: "consent.record",
  input: EvidenceUpload,
  transaction: "by run",
  run: async (
    ctx: FileContext,
    { kind, content }: EvidenceUpload,
  ): Promise<{ id: EvidenceFileId }> => {
    const { files, organizationId } = ctx;
    const id = await inTransaction(ctx, (ctx) => createId(ctx, EvidenceFileId));
    const name = evidenceFile(organizationId, id);
    const hash = createHash("sha256");
    const head = Buffer.alloc(HEAD_BYTES);
    let received = 0;
    const watched = watchChunks(content, (chunk) => {
      hash.update(chunk);
      if (received < HEAD_BYTES) head.set(chunk.subarray(0, HEAD_BYTES - received), received);
      received += chunk.byteLength;
      if (received > EVIDENCE_BYTES_MAX) throw createTooLargeError();
    });
    await saveUpload(files, name, watched, async (bytes) => {
      const mediaType = await detectEvidenceType(kind, head.subarray(0, received));
      await inTransaction(ctx, async (ctx) => {
        const { db, now, actor } = ctx;
        const row = { organizationId, id, kind, mediaType, bytes, sha256: hash.digest() };
        await db.evidenceFile.create({
          data: { ...row, uploadedAt: now, actor: toStoredActor(actor) },
        });
        await appendAudit(ctx, "consent.record", { evidenceFileId: id, kind, bytes });
      });
    });
    return { id };
  },
  audit: "by run",
});

const createTooLargeError = () =>
  new ServiceError(
    "invalid",
    { key: "evidence.too-large", values: { megabytes: EVIDENCE_BYTES_MAX / 1_000_000 } },
    "/file",
  );

/** Bytes at the start of a file that are enough to detect its type. */
const HEAD_BYTES = 4_100;

/** Returns the type of a file by its first bytes. Throws for a type that is not one of its kind. */
async function detectEvidenceType(
  kind: EvidenceFileKind,
  head: Uint8Array,
): Promise<EvidenceMediaType> {
  const found = await fileTypeFromBuffer(head);
  const type = EvidenceMediaType.safeParse(toPlainType(found?.mime ?? "")).data;
  if (type && type in evidenceTypes[kind]) return type;
  throw new ServiceError("invalid", { key: "evidence.type", values: { kind } }, "/file");
}

/** Normalizes a media type. Many recorders write audio alone into a container that may hold video too. */
const toPlainType = (mime: string) =>
  mime.replace(/;.*$/, "").replace(/^(audio\/x-m4a|video\/mp4)$/, "audio/mp4");
