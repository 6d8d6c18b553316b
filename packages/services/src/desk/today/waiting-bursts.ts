import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import type { TransactionContext } from "../../platform/context.ts";
import type { Need } from "./need.ts";
import { fieldIs } from "./waiting-people.ts";

/** Filter for bursts that no officer has dismissed or lifted. */
const isOpen = {
  dismissedAt: null,
  liftings: { none: { answers: { some: { isAccepted: true } } } },
};

/** Counts bursts of opt-outs that no officer has settled. */
export async function countOpenBursts({ db, organizationId }: TransactionContext): Promise<Need[]> {
  const { _count: count, _min: oldest } = await db.refusalBurst.aggregate({
    where: { organizationId, ...isOpen },
    _count: true,
    _min: { openedAt: true },
  });
  if (oldest.openedAt === null) return [];
  return [{ kind: "bursts-open", when: "now", count, oldest: oldest.openedAt }];
}

/** Counts proposals to lift bursts that wait for another officer, except the actor's own. */
export async function countOpenBurstLiftings(ctx: TransactionContext): Promise<Need[]> {
  const { db, organizationId } = ctx;
  const { type, id } = actorOnRecord(ctx.actor);
  const isOwn = { AND: [{ actor: fieldIs("type", type) }, { actor: fieldIs("id", id) }] };
  const { _count: count, _min: oldest } = await db.burstLifting.aggregate({
    where: { organizationId, answers: { none: {} }, NOT: isOwn },
    _count: true,
    _min: { proposedAt: true },
  });
  if (oldest.proposedAt === null) return [];
  return [{ kind: "burst-liftings-open", when: "today", count, oldest: oldest.proposedAt }];
}
