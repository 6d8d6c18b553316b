import type { ArchiveOffer } from "@ringfence/core/offer";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { requireOffer } from "./require-offer.ts";

/** Puts an offer away: no campaign can be made of it any more. One that a campaign still makes stays. */
export async function archiveOffer(ctx: ServiceContext, { offerId }: ArchiveOffer): Promise<void> {
  allow(ctx, "offer.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now } = ctx;
    await requireOffer(ctx, offerId);
    const inUse = await db.campaign.findFirst({
      where: { organizationId, offerId, state: { not: "done" } },
    });
    if (inUse !== null) {
      throw new ServiceError("conflict", { key: "offer.in-use", values: { name: inUse.name } });
    }
    await db.offer.updateMany({
      where: { organizationId, id: offerId },
      data: { archivedAt: now },
    });
    await appendAudit(ctx, "offer.change", { offerId, archived: true });
  });
}
