import { sql } from "kysely";
import { z } from "zod";
import {
  toBlocks,
  countEndSteps,
  type EndStep,
  type EndStepCounts,
} from "@ringfence/core/audience/segment";
import { ConsentSource } from "@ringfence/core/consents/consent";
import type { OverviewFigures } from "@ringfence/core/desk/overview";
import { SellerId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/platform/time";
import type { Db } from "@ringfence/db";
import { loadSellers } from "../../account/seller/internal.ts";
import { screenByLaw } from "../../audience/segment/internal.ts";
import { isWeakConsent } from "../../consents/consent/internal.ts";
import { callBehindOptOut } from "../../do-not-call/opt-out/internal.ts";
import {
  type RootContext,
  type TransactionContext,
  addJob,
  command,
  copyRows,
  defineJob,
  freeQueues,
  hasNoRunningJob,
  inTransaction,
  queueJobs,
  readInteger,
  selectRows,
  toLeastId,
} from "../../platform/internal.ts";

/** Counts what the overview of an organization shows. */
export const countOverviewJob = defineJob("overview.count", {});

/** Long, because consents and calls of millions of contacts are counted in one statement each. */
const TIMEOUT_MS = 600_000;
/** Span of calls and opt-outs. */
const CALL_DAYS = 30;

/**
 * Screens every contact for each seller, counts consents, calls and opt-outs, and saves the counts for the pages. It
 * records nothing about a person but the step at which they ended, as a bit.
 */
export const countOverview = command({
  name: "countOverview",
  action: "overview.count",
  transaction: "by run",
  run: async (ctx): Promise<void> => {
    const [startedAt, sellers] = await inTransaction(ctx, async (ctx) => [
      ctx.now,
      await loadSellers(ctx),
    ]);
    const ordinals = await loadOrdinals(ctx);
    if (sellers.length === 0) return;
    const counted = await inTransaction(ctx, countRows, { timeoutMs: TIMEOUT_MS });
    const screened: ScreenedSeller[] = [];
    for (const { id, key } of sellers) {
      const { places, call } = await screenByLaw(ctx, { seller: key }, ordinals);
      screened.push({
        sellerId: id,
        purpose: call.purpose.key,
        steps: countEndSteps(places),
        blocks: toStepBlocks(ordinals, places),
      });
    }
    await inTransaction(ctx, (ctx) => saveCounts(ctx, { screened, startedAt, ...counted }), {
      timeoutMs: TIMEOUT_MS,
    });
  },
  audit: "none",
});

async function loadOrdinals({ db, organizationId }: RootContext): Promise<number[]> {
  const query = `SELECT ordinal FROM contact
    WHERE organization_id = '${organizationId}'::uuid AND erased_at IS NULL ORDER BY ordinal`;
  const ordinals: number[] = [];
  const client = await db.pool.connect();
  try {
    await copyRows(client, query, 1, (rows) => {
      for (let row = 0; row < rows.count; row++) ordinals.push(readInteger(rows, row, 0));
    });
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
  return ordinals;
}

const ConsentRow = z.object({
  sellerId: SellerId,
  source: ConsentSource,
  consents: z.int(),
  weak: z.int(),
});

const RefusalRow = z.object({
  sellerId: SellerId,
  campaign: z.string(),
  dialer: z.string(),
  calls: z.int(),
  refused: z.int(),
});

type CountedRows = {
  from: Date;
  consents: readonly z.infer<typeof ConsentRow>[];
  refusals: readonly z.infer<typeof RefusalRow>[];
  at: Date;
};

async function countRows(ctx: TransactionContext): Promise<CountedRows> {
  const from = new Date(ctx.now.getTime() - CALL_DAYS * DAY_MS);
  return {
    from,
    at: ctx.now,
    consents: await countConsents(ctx),
    refusals: await countRefusals(ctx, from),
  };
}

/** Counts consents by seller and source, each by the event that first gave it, also those that have ended. */
const countConsents = ({ db, organizationId }: TransactionContext) =>
  selectRows(
    { db },
    ConsentRow,
    sql`
    SELECT seller_id AS "sellerId", source, count(*)::int AS consents,
      count(*) FILTER (WHERE is_weak)::int AS weak
    FROM (
      SELECT DISTINCT ON (given.consent_id) given.seller_id, given.source, ${isWeakConsent} AS is_weak
      FROM consent_event AS given
      WHERE given.organization_id = ${organizationId}::uuid AND given.type = 'granted'
      ORDER BY given.consent_id, given.id
    ) AS first_given
    GROUP BY seller_id, source ORDER BY seller_id, consents DESC, source`,
  );

/**
 * Counts calls by seller, campaign and dialer, and the opt-outs that followed one (`refused`, see `callBehindOptOut`).
 * A call is recorded after it was placed, and ids are in the order of recording, so the calls of a span are a range of
 * the primary key.
 */
const countRefusals = ({ db, organizationId, now }: TransactionContext, from: Date) =>
  selectRows(
    { db },
    RefusalRow,
    sql`
    SELECT seller_id AS "sellerId", campaign, dialer, sum(calls)::int AS calls,
      sum(refused)::int AS refused
    FROM (
      SELECT seller_id, coalesce(campaign, '') AS campaign, coalesce(dialer, '') AS dialer,
        count(*) AS calls, 0 AS refused
      FROM call
      WHERE organization_id = ${organizationId}::uuid AND id >= ${toLeastId(from)}::uuid
        AND at >= ${from}::timestamptz AND at < ${now}::timestamptz
      GROUP BY 1, 2, 3
      UNION ALL
      SELECT last_call.seller_id, last_call.campaign, last_call.dialer, 0, count(*)
      FROM opt_out CROSS JOIN ${callBehindOptOut}
      WHERE opt_out.organization_id = ${organizationId}::uuid
        AND recorded_at >= ${from}::timestamptz AND recorded_at < ${now}::timestamptz
      GROUP BY 1, 2, 3
    ) AS counted
    GROUP BY 1, 2, 3 ORDER BY 1, 5 DESC, 4 DESC, 2, 3`,
  );

/**
 * Contacts of one seller, grouped by the step at which they ended. Bits instead of ids let many sellers fit into
 * memory.
 */
type ScreenedSeller = {
  sellerId: SellerId;
  purpose: string;
  steps: EndStepCounts;
  blocks: readonly StepBlock[];
};

/** Contacts of a block who ended at a step, as bits. */
type StepBlock = { step: EndStep; block: number; bits: Uint8Array<ArrayBuffer> };

function toStepBlocks(ordinals: readonly number[], places: readonly EndStep[]): StepBlock[] {
  const bySteps = Map.groupBy(ordinals.keys(), (index) => places[index] ?? "number");
  return [...bySteps].flatMap(([step, indexes]) =>
    [...toBlocks(indexes.map((index) => ordinals[index] ?? 0))].map(([block, bits]) => ({
      step,
      block,
      bits: Uint8Array.from(bits),
    })),
  );
}

type Counts = CountedRows & { screened: readonly ScreenedSeller[]; startedAt: Date };

/** Days for which counts are kept, so that a week can be compared with the one before. */
const KEPT_DAYS = 62;

async function saveCounts(
  ctx: TransactionContext,
  { screened, startedAt, from, at, consents, refusals }: Counts,
): Promise<void> {
  const { db, organizationId, now } = ctx;
  const tookMs = now.getTime() - startedAt.getTime();
  const day = new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS);
  await db.overviewBlock.deleteMany({ where: { organizationId } });
  await db.overviewCount.deleteMany({
    where: {
      organizationId,
      OR: [{ day }, { day: { lt: new Date(day.getTime() - KEPT_DAYS * DAY_MS) } }],
    },
  });
  for (const { sellerId, purpose, steps, blocks } of screened) {
    const figures: OverviewFigures = {
      purpose,
      steps,
      from: from.toISOString(),
      consents: consents.flatMap(({ sellerId: id, ...row }) => (id === sellerId ? [row] : [])),
      refusals: refusals.flatMap(({ sellerId: id, ...row }) => (id === sellerId ? [row] : [])),
    };
    await db.overviewCount.create({
      data: { organizationId, sellerId, day, at, tookMs, figures },
    });
    for (const ofStep of Map.groupBy(blocks, ({ step }) => step).values()) {
      await db.overviewBlock.createMany({
        data: ofStep.map((block) => ({ organizationId, sellerId, ...block })),
      });
    }
  }
}

/** Counts are renewed after this time. */
const RECOUNT_MINUTES = 60;
/** A count that takes long is repeated only after this many times its duration, so that it costs a hundredth. */
const REST_FACTOR = 100;

/**
 * Queues a count for each organization whose last one is old, unless one is running. Crosses organizations, which only
 * the sweep may do. Returns how many were queued.
 */
export async function startDueOverviews({ prisma }: Db): Promise<number> {
  await freeQueues(prisma, countOverviewJob);
  const id = sql`organization.id`;
  const name = sql`${`${countOverviewJob.name} `} || ${id}`;
  const count = addJob(countOverviewJob, { organizationId: id }, { key: name, queue: name });
  return queueJobs(
    prisma,
    sql`SELECT ${count} FROM organization
    LEFT JOIN LATERAL (
      SELECT at, took_ms FROM overview_count WHERE organization_id = organization.id
      ORDER BY at DESC LIMIT 1
    ) AS last ON true
    WHERE EXISTS (SELECT FROM seller WHERE organization_id = organization.id)
      AND (at IS NULL OR at <= clock_timestamp() - greatest(
        make_interval(mins => ${RECOUNT_MINUTES}),
        make_interval(secs => took_ms / 1000.0 * ${REST_FACTOR}::float8)))
      AND ${hasNoRunningJob(name)}`,
  );
}
