import {
  ADDRESS_RATES,
  ALL_ADDRESSES_RATES,
  BURST_SILENCE_SECONDS,
  SAME_TIME_SECONDS,
} from "@ringfence/core/do-not-call/burst";
import { RefusalBurstId } from "@ringfence/core/ids";
import { sql } from "kysely";
import type { TransactionContext } from "../../platform/context.ts";
import { holdLock } from "../../platform/lock/hold-lock.ts";
import { raiseBurstAlarm } from "./raise-burst-alarm.ts";
import { findExceededRate, type RefusalFlow } from "./refusal-flow.ts";

type Marked = { refusalId: string; addressKey: Uint8Array<ArrayBuffer>; hasProof: boolean };

/**
 * Adds a request to the burst it belongs to, if there is one: a burst of its address first, then one of all
 * addresses. A new burst also takes in the requests just before it, and alarms the members who can act on it.
 */
export async function markBurst(
  ctx: TransactionContext,
  { refusalId, addressKey, hasProof }: Marked,
): Promise<void> {
  const isMarked = await joinBurst(ctx, refusalId, { addressKey, hasProof });
  if (!isMarked && !hasProof) await joinBurst(ctx, refusalId, { addressKey: null, hasProof });
}

async function joinBurst(ctx: TransactionContext, refusalId: string, flow: RefusalFlow) {
  const rates = flow.addressKey === null ? ALL_ADDRESSES_RATES : ADDRESS_RATES;
  const rate = await findExceededRate(ctx, flow, rates);
  const open = await findOpenBurst(ctx, flow);
  // A person whose browser did the work must not join a burst of requests without a proof.
  if (rate === null && (flow.hasProof || open === null)) return false;

  const burst = open ?? (await openOnce(ctx, flow));
  const seconds = open === null && rate !== null ? rate.seconds : secondsToJoin(ctx, burst);
  await addRefusals(ctx, burst.id, { refusalId, flow, seconds });
  return true;
}

/** Opens a burst, unless another request just did. Only this takes the lock: joining an open burst does not. */
async function openOnce(ctx: TransactionContext, flow: RefusalFlow): Promise<OpenBurst> {
  await holdLock(ctx, `burst:${Buffer.from(flow.addressKey ?? []).toString("hex")}`);
  return (await findOpenBurst(ctx, flow)) ?? (await openBurst(ctx, flow));
}

/**
 * Returns how many seconds back to look for requests written while the burst was being opened. They could not
 * see it; later requests find it by themselves.
 */
const secondsToJoin = ({ now }: TransactionContext, { openedAt }: OpenBurst) =>
  now.getTime() - openedAt.getTime() < SAME_TIME_SECONDS * 1_000 ? SAME_TIME_SECONDS : 0;

type OpenBurst = { id: RefusalBurstId; openedAt: Date };

/**
 * Finds the burst that still takes in requests. One that an officer has dismissed or asked to lift is closed, so
 * that officers lift only what they have seen; a flood that goes on starts a new burst.
 */
async function findOpenBurst(
  { db, organizationId, now }: TransactionContext,
  { addressKey }: RefusalFlow,
): Promise<OpenBurst | null> {
  const row = await db.refusalBurst.findFirst({
    where: {
      organizationId,
      addressKey,
      lastAt: { gt: new Date(now.getTime() - BURST_SILENCE_SECONDS * 1_000) },
      dismissedAt: null,
      liftings: { none: { answers: { none: { isAccepted: false } } } },
    },
    orderBy: { id: "desc" },
  });
  return row && { id: RefusalBurstId.parse(row.id), openedAt: row.openedAt };
}

async function openBurst(ctx: TransactionContext, { addressKey }: RefusalFlow): Promise<OpenBurst> {
  const { db, organizationId, now } = ctx;
  const data = { organizationId, addressKey, openedAt: now, lastAt: now };
  const id = RefusalBurstId.parse((await db.refusalBurst.create({ data })).id);
  await raiseBurstAlarm(ctx, id);
  return { id, openedAt: now };
}

type Added = { refusalId: string; flow: RefusalFlow; seconds: number };

async function addRefusals(
  ctx: TransactionContext,
  burstId: RefusalBurstId,
  { refusalId, flow: { addressKey, hasProof }, seconds }: Added,
) {
  const { db, organizationId, now } = ctx;
  const isOfAddress = addressKey === null ? sql`TRUE` : sql`address_key = ${addressKey}`;
  await sql`
    INSERT INTO burst_refusal (organization_id, refusal_id, burst_id)
    SELECT organization_id, id, ${burstId}::uuid FROM anonymous_refusal
    WHERE organization_id = ${organizationId}::uuid AND ${isOfAddress} AND has_proof = ${hasProof}
      AND (id = ${refusalId}::uuid
        OR received_at > ${now}::timestamptz - make_interval(secs => ${seconds}::int))
    ORDER BY id -- as all do, so that of two that take in the same refusals neither waits for the other
    ON CONFLICT DO NOTHING`.execute(db.$kysely);
  // Whoever holds the row is setting it to about the same time.
  await db.$executeRaw`
    UPDATE refusal_burst SET last_at = ${now}
    WHERE (organization_id, id) IN (
      SELECT organization_id, id FROM refusal_burst
      WHERE organization_id = ${organizationId}::uuid AND id = ${burstId}::uuid AND last_at < ${now}
      FOR UPDATE SKIP LOCKED)`;
}
