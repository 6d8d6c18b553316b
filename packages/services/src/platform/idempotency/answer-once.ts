import { sql } from "kysely";
import { z } from "zod";
import { selectRow } from "../rows.ts";
import type { Actor } from "@ringfence/core/platform/access";
import { DAY_MS } from "@ringfence/core/platform/time";
import { type RootContext, type TransactionContext, inTransaction } from "../context.ts";
import type { Db } from "@ringfence/db";

/** A request that may be repeated, as the header `Idempotency-Key` asks. */
export type RepeatableRequest = {
  /** The address as the server knows it, without ids. */
  route: string;
  key: string;
  /** SHA-256 of all that makes the request: of another, the same key is refused. */
  hash: Uint8Array;
};

export type Answer = { status: number; body: string };

export type OnceOutcome =
  | { outcome: "first" | "replayed"; answer: Answer }
  | { outcome: "running" | "conflict" };

type KeyContext = RootContext & { actor: Extract<Actor, { type: "key" }> };

const TIMEOUT_MS = 120_000;

/**
 * Does a work once for all repetitions of a request within 24 hours, and gives each the first answer.
 *
 * Work and answer are one transaction, and its lock says that the work runs. So a process that dies
 * midway leaves neither: the next request does the work, and no key is blocked. What is thrown undoes
 * the work; where that, too, is an answer (`screenItem`), it is kept.
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

/** A statement of its own: what is read after it was committed before. */
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
