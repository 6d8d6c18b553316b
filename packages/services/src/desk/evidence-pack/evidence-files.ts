import { z } from "zod";
// Hashing is deterministic.
// oxlint-disable-next-line house/no-ambient-input
import { createHash } from "node:crypto";
import {
  EVIDENCE_BYTES_MAX,
  EvidenceFileKind,
  EvidenceMediaType,
  findFileExtension,
} from "@ringfence/core/consents/evidence";
import { EvidenceFileId } from "@ringfence/core/ids";
import { formatFileHash } from "@ringfence/core/proof/ledger";
import { packPaths } from "@ringfence/core/proof/pack";
import {
  type FileName,
  type FileStore,
  type TransactionContext,
  evidenceFile,
  isOwnStatement,
} from "../../platform/internal.ts";
import type { StatementOnRecord } from "../../proof/statement/internal.ts";

/*
 * Recordings and scans of consents, which a pack has as they were uploaded. Nothing but the bytes whose SHA-256 a
 * statement about the person names gets into it: not a file that was changed in storage, and not that of somebody else.
 */

/** The most bytes of all recordings and scans of a pack together. The largest one that can be uploaded just fits. */
export const MAX_PACK_EVIDENCE_BYTES = EVIDENCE_BYTES_MAX;

/** A recording or scan that a statement names. `path` is null if the pack does not have it, for the reason given. */
export type PackEvidence = { entryId: string; kind: EvidenceFileKind; sha256: string } & (
  | { path: string; leftOut: null }
  | { path: null; leftOut: LeftOut }
);
/** `missing`: it is not stored. `changed`: its bytes have another SHA-256. `too-large`: the pack has no room for it. */
type LeftOut = "missing" | "changed" | "too-large";

type EvidenceOfPack = { listed: PackEvidence[]; contents: Map<string, Uint8Array> };

/**
 * Reads the files that these statements name, in the order of the statements, each that still has room. `contents` has
 * them by their path in the pack, each once. Later statements do not change which of the earlier files are in it.
 */
export async function readEvidenceFiles(
  ctx: TransactionContext & { files: FileStore },
  statements: readonly StatementOnRecord[],
  maxBytes = MAX_PACK_EVIDENCE_BYTES,
): Promise<EvidenceOfPack> {
  const listed: PackEvidence[] = [];
  const contents = new Map<string, Uint8Array>();
  let room = maxBytes;
  for (const named of await findNamedFiles(ctx, statements)) {
    const { entryId, kind, sha256, name, ending } = named;
    const path = packPaths.evidence(sha256, ending);
    const read = contents.has(path) ? null : await readWhole(ctx.files, name, { sha256, room });
    if (typeof read === "string") {
      listed.push({ entryId, kind, sha256, path: null, leftOut: read });
      continue;
    }
    if (read !== null) {
      contents.set(path, read);
      room -= read.byteLength;
    }
    listed.push({ entryId, kind, sha256, path, leftOut: null });
  }
  return { listed, contents };
}

type NamedFile = {
  entryId: string;
  kind: EvidenceFileKind;
  sha256: string;
  name: FileName;
  ending: string;
};

/**
 * Finds the uploaded files that statements signed by this installation name. A recording that is kept elsewhere is not
 * among them.
 */
async function findNamedFiles(
  { db, keys, organizationId }: TransactionContext,
  statements: readonly StatementOnRecord[],
): Promise<NamedFile[]> {
  const rows = await db.evidence.findMany({
    where: {
      organizationId,
      consentEventId: { in: statements.map(({ about }) => about) },
      fileId: { not: null },
    },
    select: { consentEventId: true, file: true },
  });
  const fileOfEvent = new Map(rows.map(({ consentEventId, file }) => [consentEventId, file]));
  return statements.flatMap(({ entryId, about, jwt, claims }) => {
    const file = fileOfEvent.get(about);
    if (!file || !isOwnStatement(keys, jwt)) return [];
    const kind = EvidenceFileKind.parse(file.kind);
    const sha256 = FileHash.safeParse(claims[kind]).data;
    if (sha256 === undefined) return [];
    const name = evidenceFile(organizationId, EvidenceFileId.parse(file.id));
    const ending = findFileExtension(EvidenceMediaType.parse(file.mediaType));
    return [{ entryId, kind, sha256, name, ending }];
  });
}

/** The hash in a text that `formatFileHash` wrote. */
const FileHash = z
  .string()
  .transform((text) => text.slice(formatFileHash("").length))
  .pipe(z.hex().length(64));

/** Reads a file whole if it has this SHA-256 and room for its bytes, or says why it is left out. */
async function readWhole(
  files: FileStore,
  name: FileName,
  { sha256, room }: { sha256: string; room: number },
): Promise<Uint8Array | LeftOut> {
  if (!(await files.has(name))) return "missing";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of files.read(name)) {
    bytes += chunk.byteLength;
    if (bytes > room) return "too-large";
    chunks.push(Uint8Array.from(chunk));
  }
  const content = new Uint8Array(Buffer.concat(chunks));
  return createHash("sha256").update(content).digest("hex") === sha256 ? content : "changed";
}
