import type { PurposeKey } from "@ringfence/core/account/purpose";
import { findPurpose } from "@ringfence/core/account/purpose";
import type { SegmentCall } from "@ringfence/core/audience/segment";
import { findSeller } from "@ringfence/core/account/seller";
import { allowSeller } from "../../platform/access/allow.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { purposesOf } from "../../account/purpose/purposes-of.ts";
import { usualCall } from "../../calling/screening/usual-call.ts";
import { type KnownSeller, sellersOf } from "../../account/seller/sellers-of.ts";

/** Calls that a member may ask about: of which seller, about what. */
export async function callOf(
  ctx: TransactionContext,
  named: SegmentCall,
): Promise<{ seller: KnownSeller; purpose: PurposeKey }> {
  const [sellers, purposes] = [await sellersOf(ctx), await purposesOf(ctx)];
  const usual = usualCall(ctx.actor, { sellers, purposes }, named);
  const { seller, fault } = findSeller(sellers, usual.seller);
  if (fault) throw new ServiceError("invalid-field", fault, "/seller");
  const { fault: unknown } = findPurpose(purposes, usual.purpose);
  if (unknown) throw new ServiceError("invalid-field", unknown, "/purpose");
  allowSeller(ctx, seller.id);
  return { seller, purpose: usual.purpose };
}
