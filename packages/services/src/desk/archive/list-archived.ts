import type { ArchivableKind } from "@ringfence/core/platform/archive";
import {
  type ArchivedItem,
  type ServiceContext,
  type TransactionContext,
  allow,
  canSeeSeller,
  inTransaction,
  listArchivedItems,
  visibleSellerIds,
} from "../../platform/internal.ts";
import { findHiddenSegments } from "../../audience/segment/internal.ts";
import { loadArchivedDisclosures } from "../../consents/disclosure/internal.ts";

const readActions = {
  segment: "segment.read",
  offer: "offer.read",
  campaign: "campaign.read",
  disclosure: "disclosure.read",
} as const satisfies Record<ArchivableKind, string>;

/**
 * Lists archived items of one kind by name, without those of sellers for whom the actor does not work. A
 * function, because the action depends on the kind.
 */
export async function listArchived(
  ctx: ServiceContext,
  { kind }: { kind: ArchivableKind },
): Promise<ArchivedItem[]> {
  allow(ctx, readActions[kind]);

  return inTransaction(ctx, async (ctx) =>
    listArchivedItems(ctx, await loadArchivedRows(ctx, kind)),
  );
}

async function loadArchivedRows(ctx: TransactionContext, kind: ArchivableKind) {
  const { db, organizationId, actor } = ctx;
  const byName = {
    where: { organizationId, archivedAt: { not: null } },
    orderBy: { name: "asc" },
  } as const;
  switch (kind) {
    case "segment": {
      const others = await findHiddenSegments(ctx);
      return (await db.segment.findMany(byName)).filter(({ id }) => !others.has(id));
    }
    case "offer":
      return db.offer.findMany(byName);
    case "campaign": {
      const sellers = visibleSellerIds(actor);
      const ofSellers = sellers && { sellerId: { in: [...sellers] } };
      return db.campaign.findMany({ ...byName, where: { ...byName.where, ...ofSellers } });
    }
    case "disclosure":
      return (await loadArchivedDisclosures(ctx)).filter(({ sellerId }) =>
        canSeeSeller(actor, sellerId),
      );
  }
}
