import { type ListOptOuts, readReference } from "@ringfence/core/do-not-call/opt-out";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import {
  inTransaction,
  type ServiceContext,
  type TransactionContext,
} from "../../platform/context.ts";
import { searchPhone } from "../../people/phone/search-phone.ts";
import { tellOptOuts, toldOptOut } from "./tell-opt-outs.ts";

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
      include: toldOptOut,
    });
    const items = await tellOptOuts(ctx, rows.slice(0, limit));
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
