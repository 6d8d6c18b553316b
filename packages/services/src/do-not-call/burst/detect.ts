import {
  ADDRESS_RATES,
  ALL_ADDRESSES_RATES,
  BURST_SILENCE_SECONDS,
  RECEIPT_RATES,
  type OptOutRate,
  SAME_TIME_SECONDS,
} from "@ringfence/core/do-not-call/burst";
import {
  type TransactionContext,
  addJob,
  defineJob,
  findNetwork,
  holdLock,
  queueJobs,
} from "../../platform/internal.ts";
import { SolvedChallenge, acceptSolvedChallenge } from "./challenge.ts";
import { MemberId, RefusalBurstId } from "@ringfence/core/ids";
import { sql } from "kysely";
import { z } from "zod";
import { membersWhoMay } from "../../account/member/internal.ts";
import { announceChanges } from "../outbox/internal.ts";

/** Mails a member that a burst of opt-outs has begun. */
export const sendBurstAlarmJob = defineJob("burst-alarm.send", {
  burstId: RefusalBurstId,
  memberId: MemberId,
});

/** A visitor of a public opt-out page, as far as we can tell. */
export const Visitor = z.strictObject({
  /** IP address. All invalid addresses count as one. */
  address: z.string(),
  /** Work that their browser did while they typed; null without scripts. */
  work: SolvedChallenge.nullable(),
});
export type Visitor = z.infer<typeof Visitor>;

type VisitorFlow = RequestFlow & { addressKey: Uint8Array<ArrayBuffer> };

/** Returns the flow in which a visitor's request is counted. Uses up their proof of work, so call it once a request. */
export async function createFlow(
  ctx: TransactionContext,
  { address, work }: Visitor,
): Promise<VisitorFlow> {
  const { keys, organizationId } = ctx;
  const network = findNetwork(address) ?? "unknown";
  return {
    addressKey: new Uint8Array(keys.mac(organizationId, "refusal address", network)),
    hasProof: work !== null && (await acceptSolvedChallenge(ctx, work)),
  };
}

/** True if so many requests of the flow came within a minute that this one gets no receipt. */
export const isBusy = async (ctx: TransactionContext, flow: RequestFlow): Promise<boolean> =>
  (await findExceededRate(ctx, flow, RECEIPT_RATES, { expected: 1 })) !== null;

type RecordedRequest = {
  /** The opt-out that answers the request; null if its number was unreadable. */
  optOutId: string | null;
  /** False if the request repeated an opt-out. */
  isNew: boolean;
};

/** Records that an anonymous visitor typed a request, and adds it to its burst if there is or now begins one. */
export async function recordRequest(
  ctx: TransactionContext,
  flow: VisitorFlow,
  { optOutId, isNew }: RecordedRequest,
): Promise<void> {
  const { db, organizationId, now } = ctx;
  const data = { organizationId, optOutId, isNew, ...flow, receivedAt: now };
  const { id } = await db.anonymousRefusal.create({ data });
  await markBurst(ctx, { refusalId: id, ...flow });
}

/**
 * Requests that are counted together. Those with a proof of work are counted separately, so that a person whose
 * browser did the work does not count as part of a flood from a shared address.
 */
type RequestFlow = {
  /** Null for all addresses together. */
  addressKey: Uint8Array<ArrayBuffer> | null;
  hasProof: boolean;
};

/** Finds the first rate that a flow exceeds, counting `expected` further requests too. Null if it exceeds none. */
async function findExceededRate(
  { db, organizationId, now }: TransactionContext,
  { addressKey, hasProof }: RequestFlow,
  rates: readonly OptOutRate[],
  { expected = 0 } = {},
): Promise<OptOutRate | null> {
  for (const rate of rates) {
    const count = await db.anonymousRefusal.count({
      where: {
        organizationId,
        ...(addressKey && { addressKey }),
        hasProof,
        receivedAt: { gt: new Date(now.getTime() - rate.seconds * 1_000) },
      },
      take: rate.most + 1,
    });
    if (count + expected > rate.most) return rate;
  }
  return null;
}

type CountedRequest = { refusalId: string; addressKey: Uint8Array<ArrayBuffer>; hasProof: boolean };

/**
 * Adds a request to the burst it belongs to, if there is one: a burst of its address first, then, without a proof of
 * work, one of all addresses. A new burst also takes in the earlier requests of the time span in which the rate was
 * exceeded, and alarms the members who can act on it.
 */
async function markBurst(
  ctx: TransactionContext,
  { refusalId, addressKey, hasProof }: CountedRequest,
): Promise<void> {
  const isMarked = await joinBurst(ctx, refusalId, { addressKey, hasProof });
  if (!isMarked && !hasProof) await joinBurst(ctx, refusalId, { addressKey: null, hasProof });
}

/** Adds a request to the burst of its flow, which begins if a rate is exceeded. Returns false if there is none. */
async function joinBurst(ctx: TransactionContext, refusalId: string, flow: RequestFlow) {
  const rates = flow.addressKey === null ? ALL_ADDRESSES_RATES : ADDRESS_RATES;
  const rate = await findExceededRate(ctx, flow, rates);
  const open = await findOpenBurst(ctx, flow);
  // A person whose browser did the work must not join a burst of requests without a proof.
  if (rate === null && (flow.hasProof || open === null)) return false;

  const burst = open ?? (await openOnce(ctx, flow));
  const seconds = open === null && rate !== null ? rate.seconds : secondsToJoin(ctx, burst);
  await addRequests(ctx, burst.id, { refusalId, flow, seconds });
  return true;
}

/** Opens a burst, unless another request just did. Only this takes the lock: joining an open burst does not. */
async function openOnce(ctx: TransactionContext, flow: RequestFlow): Promise<OpenBurst> {
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
 * Finds the burst that still takes in requests. A burst that an officer has dismissed or proposed to lift is closed,
 * so that officers lift only what they have seen; if every proposal was rejected, it is open again. If the flood
 * continues, a new burst starts.
 */
async function findOpenBurst(
  { db, organizationId, now }: TransactionContext,
  { addressKey }: RequestFlow,
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

async function openBurst(ctx: TransactionContext, { addressKey }: RequestFlow): Promise<OpenBurst> {
  const { db, organizationId, now } = ctx;
  const data = { organizationId, addressKey, openedAt: now, lastAt: now };
  const id = RefusalBurstId.parse((await db.refusalBurst.create({ data })).id);
  await raiseBurstAlarm(ctx, id);
  return { id, openedAt: now };
}

type AddedRequest = { refusalId: string; flow: RequestFlow; seconds: number };

/** Adds a request to a burst, and those of the flow in the `seconds` before. One that is in a burst stays there. */
async function addRequests(
  ctx: TransactionContext,
  burstId: RefusalBurstId,
  { refusalId, flow: { addressKey, hasProof }, seconds }: AddedRequest,
) {
  const { db, organizationId, now } = ctx;
  const isOfAddress = addressKey === null ? sql`TRUE` : sql`address_key = ${addressKey}`;
  await sql`
    INSERT INTO burst_refusal (organization_id, refusal_id, burst_id)
    SELECT organization_id, id, ${burstId}::uuid FROM anonymous_refusal
    WHERE organization_id = ${organizationId}::uuid AND ${isOfAddress} AND has_proof = ${hasProof}
      AND (id = ${refusalId}::uuid
        OR received_at > ${now}::timestamptz - make_interval(secs => ${seconds}::int))
    ORDER BY id -- the same order everywhere, so that two transactions that add the same requests cannot deadlock
    ON CONFLICT DO NOTHING`.execute(db.$kysely);
  // A transaction that holds the row is setting it to about the same time.
  await db.$executeRaw`
    UPDATE refusal_burst SET last_at = ${now}
    WHERE (organization_id, id) IN (
      SELECT organization_id, id FROM refusal_burst
      WHERE organization_id = ${organizationId}::uuid AND id = ${burstId}::uuid AND last_at < ${now}
      FOR UPDATE SKIP LOCKED)`;
}

/** Announces a burst to endpoints, and mails every member who can act on it. */
async function raiseBurstAlarm(ctx: TransactionContext, burstId: RefusalBurstId) {
  const { db, organizationId } = ctx;
  await announceChanges(ctx, "opt-out.burst", [burstId]);
  const send = addJob(
    sendBurstAlarmJob,
    { organizationId: sql`organization_id`, burstId: sql`${burstId}::uuid`, memberId: sql`id` },
    { key: sql`${`${burstId} `} || id`, maxAttempts: 12 },
  );
  await queueJobs(db, sql`SELECT ${send} FROM ${membersWhoMay(organizationId, "opt-out.correct")}`);
}
