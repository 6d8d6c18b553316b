import { query } from "../../platform/verb.ts";
import { OptOutChange, OptOutFeed } from "@ringfence/core/do-not-call/opt-out";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import { phonesCovered } from "./phones-covered.ts";
import { phonesRefused } from "./phones-refused.ts";
import { sequenceChanges } from "./sequence-changes.ts";
import { toldScope } from "./told-scope.ts";

/**
 * Lists what changed after a cursor, in the order of commits. `next` is always set (contract 6). A phone is
 * null once it was erased. `phones` are all numbers of the person, as known now; for a lifted opt-out only
 * those that no other opt-out covers, so that a dialer frees nobody who is still opted out. An actor limited
 * to sellers does not see opt-outs of other sellers.
 */
export const optOutFeed = query({
  name: "optOutFeed",
  action: "opt-out.read",
  input: OptOutFeed,
  run: async (ctx, { after = "0", limit }) => {
    await sequenceChanges(ctx);
    const { db, organizationId, actor } = ctx;
    const theirs = sellersSeenBy(actor);
    const changes = await db.optOutChange.findMany({
      where: {
        organizationId,
        position: { gt: BigInt(after) },
        ...(theirs && {
          optOut: { OR: [{ sellerId: null }, { sellerId: { in: [...theirs] } }] },
        }),
      },
      orderBy: { position: "asc" },
      take: limit,
      include: { optOut: { include: { phone: { select: { e164: true } } } } },
    });
    if (changes.length > 0) await appendAudit(ctx, "opt-out.read", { listed: changes.length });

    const sellers = await sellersOf(ctx);
    const covered = await phonesCovered(
      ctx,
      changes.map(({ optOutId }) => optOutId),
    );
    const lifted = changes.filter(({ change }) => change === "lifted");
    const refused = await phonesRefused(
      ctx,
      lifted.flatMap(({ optOutId }) => covered.get(optOutId) ?? []),
    );
    const phonesOf = ({
      change,
      optOutId,
    }: Pick<(typeof changes)[number], "change" | "optOutId">) =>
      (covered.get(optOutId) ?? []).filter((e164) => change === "added" || !refused.has(e164));
    const items = changes.map(({ optOut, ...changed }) => ({
      id: optOut.id,
      phone: optOut.phone.e164,
      phones: phonesOf(changed),
      scope: toldScope(sellers, optOut),
      effectiveAt: optOut.at,
      change: OptOutChange.parse(changed.change),
    }));
    return { items, next: String(changes.at(-1)?.position ?? after) };
  },
  audit: "by run",
});
