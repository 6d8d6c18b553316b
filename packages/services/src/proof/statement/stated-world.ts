import type { PhoneId, SellerId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { type KnownSeller, sellersOf } from "../../account/seller/sellers-of.ts";

/** What statements say beside ids, so that they can be read without our tables. */
export type StatedWorld = {
  organization: { id: string; name: string };
  seller: (id: SellerId | null | undefined) => KnownSeller | undefined;
  /** Nothing for a number that was erased: what is erased comes back in no statement. */
  phone: (id: PhoneId) => { phone?: string };
};

export async function statedWorld(
  ctx: TransactionContext,
  phoneIds: readonly PhoneId[],
): Promise<StatedWorld> {
  const { db, organizationId } = ctx;
  const organization = await db.organization.findUniqueOrThrow({
    where: { id: organizationId },
    select: { id: true, name: true },
  });
  const sellers = new Map((await sellersOf(ctx)).map((seller) => [seller.id, seller]));
  const rows = await db.$queryRaw<{ id: PhoneId; e164: string }[]>`
    SELECT id, e164 FROM phone
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${phoneIds}::uuid[])
      AND e164 IS NOT NULL`;
  const phones = new Map(rows.map(({ id, e164 }) => [id, { phone: e164 }]));
  return {
    organization,
    seller: (id) => (id ? sellers.get(id) : undefined),
    phone: (id) => phones.get(id) ?? {},
  };
}
