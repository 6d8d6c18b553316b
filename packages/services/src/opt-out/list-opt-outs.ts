import { type ListOptOuts, readReference } from "@ringfence/core/opt-out";
import { actorNames } from "../access/actor-names.ts";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext, type TransactionContext } from "../context.ts";
import { searchPhone } from "../phone/search-phone.ts";
import { sellersOf } from "../seller/sellers-of.ts";
import { reachOf } from "./reach-of.ts";
import { toldScope } from "./told-scope.ts";

/** Refusals, last recorded first, page after page, each with who has heard of it. */
export async function listOptOuts(
  ctx: ServiceContext,
  { search, channel, after, limit }: ListOptOuts,
) {
  allow(ctx, "opt-out.read");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const rows = await db.optOut.findMany({
      where: {
        organizationId,
        ...(search ? await meaning(ctx, search) : {}),
        ...(channel && { channel }),
        ...(after && { id: { lt: after } }),
      },
      orderBy: { id: "desc" },
      take: limit + 1,
      include: { phone: { select: { e164: true } }, notes: { select: { text: true } } },
    });
    const sellers = await sellersOf(ctx);
    const nameOf = await actorNames(
      ctx,
      rows.map(({ actor }) => actor),
    );
    const reaches = await reachOf(
      ctx,
      rows.map(({ id }) => id),
    );
    const items = rows.slice(0, limit).map(({ phone, notes, ...optOut }) => ({
      id: optOut.id,
      phoneId: optOut.phoneId,
      phone: phone.e164,
      scope: toldScope(sellers, optOut),
      channel: optOut.channel,
      effectiveAt: optOut.at,
      recordedAt: optOut.recordedAt,
      reference: optOut.reference,
      by: nameOf(optOut.actor),
      note: notes[0]?.text ?? null,
      reach: reaches.get(optOut.id) ?? null,
    }));
    if (items.length > 0) await appendAudit(ctx, "opt-out.read", { listed: items.length });
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  });
}

/** A search names a refusal by its reference or by the phone; what is neither finds nothing. */
async function meaning(ctx: TransactionContext, search: string) {
  const phoneId = await searchPhone(ctx, search);
  const reference = readReference(search);
  return {
    OR: [...(phoneId ? [{ phoneId }] : []), ...(reference ? [{ reference }] : [])],
  };
}
