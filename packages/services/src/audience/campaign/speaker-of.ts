import type { TransactionContext } from "../../platform/context.ts";
import { requireOffers } from "../offer/offer.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import type { KnownCampaign } from "./plan-of.ts";

/** Who calls in a campaign, and what is said: as it was reviewed, or of a draft as it is now. */
export async function speakerOf(ctx: TransactionContext, campaign: KnownCampaign) {
  const { db, organizationId } = ctx;
  const { offers, purpose } = await requireOffers(ctx, campaign.offers, {
    isArchivedToo: campaign.archivedAt !== null,
  });
  const { locale } = await organizationOf(ctx);
  const { name } = await db.organization.findUniqueOrThrow({ where: { id: organizationId } });
  const seller = (await sellersOf(ctx)).find(({ id }) => id === campaign.sellerId);
  if (seller === undefined) throw new Error("a campaign of no seller");
  return { offers, purpose, seller, organization: { name }, locale };
}
