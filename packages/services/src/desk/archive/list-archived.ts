import { ArchivableKind } from "@ringfence/core/platform/archive";
import { z } from "zod";
import {
  type TransactionContext,
  canSeeSeller,
  listArchivedItems,
  query,
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
 * Lists archived items of one kind, without those of sellers for whom the actor does not work. Offers have no seller.
 */
export const listArchived = query({
  name: "listArchived",
  action: { among: Object.values(readActions), choose: ({ kind }) => readActions[kind] },
  input: z.strictObject({ kind: ArchivableKind }),
  run: async (ctx, { kind }) => listArchivedItems(ctx, await loadArchivedRows(ctx, kind)),
  audit: "none",
});

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
