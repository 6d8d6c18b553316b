import { sql } from "kysely";
import { z } from "zod";
import { selectRow } from "../rows.ts";
import type { Actor } from "@ringfence/core/platform/access";
import { DAY_MS } from "@ringfence/core/platform/time";
import { type RootContext, type TransactionContext, inTransaction } from "../context.ts";
import type { Db } from "@ringfence/db";

/** A request with the header `Idempotency-Key`, which may be repeated. */
export type RepeatableRequest = {
  /** Address of the route, without ids. */
  route: string;
  key: string;
  /** SHA-256 of the whole request. The same key with another hash is refused. */
  hash: Uint8Array;
};

export type Answer = { status: number; body: string };

export type OnceOutcome =
  | { outcome: "first" | "replayed"; answer: Answer }
  | { outcome: "running" | "conflict" };

type KeyContext = RootContext & { actor: Extract<Actor, { type: "key" }> };

const TIMEOUT_MS = 120_000;

/**
 * Performs a request once for all its repetitions within 24 hours, and gives each of them the first answer.
 * Work and answer are saved in one transaction, whose lock shows that the work is running. If a process dies
 * midway, nothing of it remains: the next request does the work, and no key stays blocked. A thrown error
 * undoes the work. If it is an answer too (`answerTo`), it is saved.
 */
export async function answerOnce(
  request: RepeatableRequest,
  ctx: KeyContext,
  work: (ctx: TransactionContext) => Promise<Answer>,
  answerTo: (error: unknown) => Answer | null,
): Promise<OnceOutcome> {
  try {
    return await inTransaction(ctx, (tx) => answerIn(tx, ctx.actor.id, request, work), {
      timeoutMs: TIMEOUT_MS,
    });
  } catch (error) {
    const answer = answerTo(error);
    if (answer === null) throw error;
    await inTransaction(ctx, (tx) => saveAnswer(tx, ctx.actor.id, request, answer));
    return { outcome: "first", answer };
  }
}

async function answerIn(
  ctx: TransactionContext,
  apiKeyId: string,
  request: RepeatableRequest,
  work: (ctx: TransactionContext) => Promise<Answer>,
): Promise<OnceOutcome> {
  if (!(await lock(ctx, apiKeyId, request))) return { outcome: "running" };

  const kept = await ctx.db.idempotentAnswer.findFirst({
    where: { ...toIdentity(ctx, apiKeyId, request), createdAt: { gt: dayBefore(ctx.now) } },
  });
  if (kept === null) {
    const answer = await work(ctx);
    await saveAnswer(ctx, apiKeyId, request, answer);
    return { outcome: "first", answer };
  }
  if (!Buffer.from(kept.requestHash).equals(request.hash)) return { outcome: "conflict" };
  return { outcome: "replayed", answer: { status: kept.status, body: kept.body } };
}

/**
 * A statement of its own, so that the next one sees everything that was committed before the lock was taken.
 */
async function lock(
  { db, organizationId }: TransactionContext,
  apiKeyId: string,
  r: RepeatableRequest,
) {
  const name = [organizationId, apiKeyId, r.route, r.key].join(" ");
  const lock = await selectRow(
    { db },
    z.object({ taken: z.boolean() }),
    sql`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) AS taken`,
  );
  return lock.taken;
}

async function saveAnswer(
  ctx: TransactionContext,
  apiKeyId: string,
  request: RepeatableRequest,
  { status, body }: Answer,
) {
  const { db, now } = ctx;
  const identity = toIdentity(ctx, apiKeyId, request);
  await db.idempotentAnswer.deleteMany({
    where: { ...identity, createdAt: { lte: dayBefore(now) } },
  });
  const requestHash = Buffer.from(request.hash);
  await db.idempotentAnswer.createMany({
    data: { ...identity, requestHash, status, body, createdAt: now },
    skipDuplicates: true, // the answer of another who was as fast
  });
}

const toIdentity = (
  { organizationId }: TransactionContext,
  apiKeyId: string,
  { route, key }: RepeatableRequest,
) => ({ organizationId, apiKeyId, route, key });

const dayBefore = (now: Date) => new Date(now.getTime() - DAY_MS);

/**
 * Deletes answers that can no longer be repeated, because they may contain numbers. Crosses organizations,
 * which only the sweep may do. Returns how many.
 */
export const deleteOldAnswers = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`
    DELETE FROM idempotent_answer WHERE created_at <= now() - interval '24 hours'`;
