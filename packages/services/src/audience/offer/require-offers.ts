import type { OfferId } from "@ringfence/core/ids";
import type { PurposeKey } from "@ringfence/core/account/purpose";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import type { KnownOffer } from "./offers-of.ts";
import { requireOffer } from "./require-offer.ts";

/** The offers of a campaign, each by the version that was looked at, or by the one in force. */
export async function requireOffers(
  ctx: TransactionContext,
  offers: readonly { id: OfferId; version?: number | null }[],
  { isArchivedToo = false } = {},
): Promise<{ offers: KnownOffer[]; purpose: PurposeKey }> {
  const known: KnownOffer[] = [];
  for (const { id, version = null } of offers) {
    known.push(await requireOffer(ctx, id, version, { isArchivedToo }));
  }
  const [first] = known;
  if (first === undefined) throw new Error("a campaign of no offer");
  return { offers: known, purpose: first.purpose };
}

/** Calls of a campaign are screened for what they are about, so its offers are about the same. */
export function requireOnePurpose(offers: readonly KnownOffer[]) {
  const [first, ...others] = offers;
  const other = others.find(({ purpose }) => purpose !== first?.purpose);
  if (first === undefined || other === undefined) return;
  const values = { one: first.name, other: other.name };
  throw new ServiceError("conflict", { key: "campaign.purposes-differ", values }, "/offerIds");
}
