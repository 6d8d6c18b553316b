import type { TransactionContext } from "../../platform/context.ts";

/** What proves of which file an edition was made. */
export type EditionEvidence = {
  /** Whose subscription it was read by. */
  organization: string;
  /** As the rules name it. */
  registry: string;
  edition: number;
  /** Over the files as published. */
  sha256: string;
  lines: number;
  bytes: number;
  /** When its source began to be read; of a return to an earlier edition, when that was. */
  downloadedAt: string;
  /** The publisher's own date, where the files tell one. */
  publishedOn: string | null;
};

/** Of editions that were in force, by registry and number; nothing of it is personal. */
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
