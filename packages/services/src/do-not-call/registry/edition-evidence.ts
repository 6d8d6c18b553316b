import type { TransactionContext } from "../../platform/internal.ts";

/** Evidence of the files from which an edition was made. */
export type EditionEvidence = {
  /** The organization whose subscription was used. */
  organization: string;
  /** Code of the registry. */
  registry: string;
  edition: number;
  /** SHA-256 of the published files. */
  sha256: string;
  lines: number;
  bytes: number;
  /** When the reading of the source started. A rollback has the time of the earlier edition. */
  downloadedAt: string;
  /** The publisher's date; null if the files have none. */
  publishedOn: string | null;
};

/** Loads the evidence of editions that were in force. None of it is personal. */
export async function loadEditionEvidence(
  { db, organizationId }: Pick<TransactionContext, "db" | "organizationId">,
  editions: readonly { registryId: string; number: number }[],
): Promise<EditionEvidence[]> {
  if (editions.length === 0) return [];
  const rows = await db.registryEdition.findMany({
    where: {
      organizationId,
      OR: editions.map(({ registryId, number }) => ({ registryId, number })),
    },
    include: { registry: { select: { code: true } } },
    orderBy: { id: "asc" },
  });
  return rows.map(({ registry, number, sha256, lines, bytes, ...row }) => ({
    organization: organizationId,
    registry: registry.code,
    edition: number ?? 0,
    sha256,
    lines: Number(lines),
    bytes: Number(bytes),
    downloadedAt: (row.contentReadAt ?? row.readAt).toISOString(),
    publishedOn: row.publishedOn?.toISOString().slice(0, 10) ?? null,
  }));
}
