import { command } from "../../platform/verb.ts";
import { AskOffer } from "@ringfence/core/audience/offer";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { shareLock } from "../../platform/lock/hold-lock.ts";
import { lockOffers } from "./lock-offers.ts";
import { type KnownOffer, offersOf } from "./offers-of.ts";

/** Restores an offer from the archive. Refuses one whose eligibility segment is still archived. */
export const restoreOffer = command({
  name: "restoreOffer",
  action: "offer.change",
  input: AskOffer,
  run: async (ctx, { offerId }): Promise<void> => {
    const { db, organizationId } = ctx;
    await lockOffers(ctx, [offerId]);
    const [offer] = await offersOf(ctx, { id: offerId });
    if (offer === undefined || !offer.isArchived) {
      throw new ServiceError("not-found", { key: "offer.not-archived" });
    }
    await requireEligibility(ctx, offer);
    await db.$executeRaw`
      UPDATE offer SET archived_at = NULL, archived_by = NULL
      WHERE organization_id = ${organizationId}::uuid AND id = ${offerId}::uuid`;
    await appendAudit(ctx, "offer.change", { offerId, archived: false });
  },
  audit: "by run",
});

async function requireEligibility(
  ctx: TransactionContext,
  { eligibility }: KnownOffer,
): Promise<void> {
  if (eligibility === null) return;
  const { db, organizationId } = ctx;
  await shareLock(ctx, "segments");
  const archived = await db.segment.findFirst({
    where: { organizationId, id: eligibility, archivedAt: { not: null } },
  });
  if (archived === null) return;
  const values = { name: archived.name };
  throw new ServiceError("conflict", { key: "offer.eligibility-archived", values });
}
