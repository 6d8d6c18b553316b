import type { ArchivableKind } from "@ringfence/core/archive";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext, type TransactionContext } from "../context.ts";
import { type ArchivedItem, listArchivedItems } from "./archived-item.ts";

const readActions = {
  segment: "segment.read",
  offer: "offer.read",
} as const satisfies Record<ArchivableKind, string>;

/** Lists what is archived of one kind, by name. */
export async function listArchived(
  ctx: ServiceContext,
  { kind }: { kind: ArchivableKind },
): Promise<ArchivedItem[]> {
  allow(ctx, readActions[kind]);

  return inTransaction(ctx, async (ctx) => listArchivedItems(ctx, await readRows(ctx, kind)));
}

function readRows({ db, organizationId }: TransactionContext, kind: ArchivableKind) {
  const byName = {
    where: { organizationId, archivedAt: { not: null } },
    orderBy: { name: "asc" },
  } as const;
  switch (kind) {
    case "segment":
      return db.segment.findMany(byName);
    case "offer":
      return db.offer.findMany(byName);
  }
}
