import { sql } from "kysely";
import { z } from "zod";
import { selectRow } from "../rows.ts";
import type { Actor } from "@ringfence/core/platform/access";
import { DAY_MS } from "@ringfence/core/platform/time";
import { type RootContext, type TransactionContext, inTransaction } from "../context.ts";
import type { Db } from "@ringfence/db";

/** A request with the header `Idempotency-Key`, which may be repeated. */
export type RepeatableRequest = {
  /** Address of the route with placeholders for ids, such as `/consents/:id`. */
  route: string;
  /** Value of the header. It counts for this API key and route only. */
  key: string;
  /** SHA-256 of the whole request. The same key with another hash is refused. */
  hash: Uint8Array;
};

/** The response to a request: its status and its JSON body. It is saved, and sent again to repetitions. */
export type SavedAnswer = { status: number; body: string };

export type IdempotentOutcome =
  /** The work was done now, or had been done for an earlier request. */
  | { outcome: "first" | "replayed"; answer: SavedAnswer }
  /**
   * `running`: another request with this key is at work. `conflict`: an earlier one had another hash. Nothing was done.
   */
  | { outcome: "running" | "conflict" };

type KeyContext = RootContext & { actor: Extract<Actor, { type: "key" }> };

const TIMEOUT_MS = 120_000;

/**
 * Performs a request once for all its repetitions within 24 hours, and gives each of them the first answer.
 * Work and answer are saved in one transaction, whose lock shows that the work is running. If a process dies
 * midway, nothing of it remains: the next request does the work, and no key stays blocked. An error that `work`
 * throws undoes the work. If `answerTo` makes an answer of it, that is saved; otherwise the error is thrown, and a
 * repetition tries again.
 */
export async function answerOnce(
  request: RepeatableRequest,
  ctx: KeyContext,
  work: (ctx: TransactionContext) => Promise<SavedAnswer>,
  answerTo: (error: unknown) => SavedAnswer | null,
): Promise<IdempotentOutcome> {
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
  work: (ctx: TransactionContext) => Promise<SavedAnswer>,
): Promise<IdempotentOutcome> {
  if (!(await lock(ctx, apiKeyId, request))) return { outcome: "running" };

  const saved = await ctx.db.idempotentAnswer.findFirst({
    where: { ...toIdentity(ctx, apiKeyId, request), createdAt: { gt: dayBefore(ctx.now) } },
  });
  if (saved === null) {
    const answer = await work(ctx);
    await saveAnswer(ctx, apiKeyId, request, answer);
    return { outcome: "first", answer };
  }
  if (!Buffer.from(saved.requestHash).equals(request.hash)) return { outcome: "conflict" };
  return { outcome: "replayed", answer: { status: saved.status, body: saved.body } };
}

/**
 * Takes the lock of a request until the transaction ends; false if another holds it. A statement of its own, so that
 * the next one sees everything that was committed before the lock was taken.
 */
async function lock(
  { db, organizationId }: TransactionContext,
  apiKeyId: string,
  { route, key }: RepeatableRequest,
) {
  const name = [organizationId, apiKeyId, route, key].join(" ");
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
  { status, body }: SavedAnswer,
) {
  const { db, now } = ctx;
  const identity = toIdentity(ctx, apiKeyId, request);
  await db.idempotentAnswer.deleteMany({
    where: { ...identity, createdAt: { lte: dayBefore(now) } },
  });
  const requestHash = Buffer.from(request.hash);
  await db.idempotentAnswer.createMany({
    data: { ...identity, requestHash, status, body, createdAt: now },
    skipDuplicates: true, // a repetition may have done the work since this request failed
  });
}

const toIdentity = (
  { organizationId }: TransactionContext,
  apiKeyId: string,
  { route, key }: RepeatableRequest,
) => ({ organizationId, apiKeyId, route, key });

const dayBefore = (now: Date) => new Date(now.getTime() - DAY_MS);

/**
 * Deletes answers that are too old to be sent again, because they may contain phone numbers. Crosses organizations,
 * which only the sweep may do. Returns how many.
 */
export const deleteOldAnswers = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`
    DELETE FROM idempotent_answer WHERE created_at <= now() - interval '24 hours'`;
