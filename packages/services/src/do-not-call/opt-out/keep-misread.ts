import type { OptOutChannel } from "@ringfence/core/do-not-call/opt-out";
import { mendText } from "@ringfence/core/platform/text";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { holdLock } from "../../platform/lock/hold-lock.ts";

/**
 * Keeps what was sent for a number and is none: it is still a refusal, and an officer finds out whose.
 * What waits already in the same words waits once: nobody could tell one from the other.
 */
export async function keepMisread(
  ctx: TransactionContext,
  channel: OptOutChannel,
  written: readonly string[],
) {
  const { db, organizationId, actor, now } = ctx;
  if (written.length === 0) return;
  await holdLock(ctx, "misreads");
  const inputs = [...new Set(written.map(mendText))];
  const waiting = await db.misreadOptOut.findMany({
    where: { organizationId, channel, input: { in: inputs }, discardedAt: null },
    select: { input: true },
  });
  const known = new Set(waiting.map(({ input }) => input));
  const misread = { organizationId, channel, recordedAt: now, actor: actorOnRecord(actor) };
  await db.misreadOptOut.createMany({
    data: inputs.filter((input) => !known.has(input)).map((input) => ({ ...misread, input })),
  });
}
