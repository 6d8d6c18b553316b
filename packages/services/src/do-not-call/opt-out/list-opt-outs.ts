import { query } from "../../platform/verb.ts";
import { ListOptOuts, readReference } from "@ringfence/core/do-not-call/opt-out";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { findPhoneBySearch } from "../../people/phone/find-phone.ts";
import { tellOptOuts, toldOptOut } from "./tell-opt-outs.ts";

/** Refusals, last recorded first, page after page, each with who has heard of it. */
export const listOptOuts = query({
  name: "listOptOuts",
  action: "opt-out.read",
  input: ListOptOuts,
  run: async (ctx, { search, channel, after, limit }) => {
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
  },
  audit: "by run",
});

/** A search names a refusal by its reference or by the phone; what is neither finds nothing. */
async function meaning(ctx: TransactionContext, search: string) {
  const phoneId = await findPhoneBySearch(ctx, search);
  const reference = readReference(search);
  return {
    OR: [...(phoneId ? [{ phoneId }] : []), ...(reference ? [{ reference }] : [])],
  };
}
