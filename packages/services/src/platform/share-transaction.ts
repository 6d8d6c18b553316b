import type { Db } from "@ringfence/db";
import { coalesce } from "./coalesce.ts";
import { type RootContext, type TransactionContext, inTransaction } from "./context.ts";
import {
  type IdempotentOutcome,
  type KeyContext,
  type RepeatableRequest,
  type SavedAnswer,
  answerOnce,
  findOutcomes,
  saveAnswers,
} from "./idempotency/answer-once.ts";
import { type Caller, findCaller, inCaller } from "./tracing/shared-span.ts";

/*
 * Callers that wait at the same time share a transaction: its statements and its commit. The first caller goes at once;
 * those who come while its transaction runs are gathered for the next one. Nobody waits for a timer.
 *
 * - Only callers of one organization who are the same actor share, so that row-level security, the audit trail and the
 *   statements name the right one.
 * - Each is answered after the commit.
 * - One bad request costs the others nothing. `runMany` returns an error for it alone, or the whole transaction is
 *   rolled back and each request is tried in one of its own.
 */

/** Result of one of several requests, or the error that it gets alone. */
export type SharedOutcome<Result> = { result: Result } | { error: unknown };

/**
 * Does the work of several requests in one transaction, and returns an outcome for each, in order. It may have changed
 * nothing for a request whose outcome is an error, because the others are committed.
 */
export type RunMany<Input, Result> = (
  ctx: TransactionContext,
  inputs: readonly Input[],
) => Promise<readonly SharedOutcome<Result>[]>;

/** A request with an `Idempotency-Key`, and how its result and its errors become answers (`answerOnce`). */
export type Once<Result> = {
  request: RepeatableRequest;
  toAnswer: (result: Result) => SavedAnswer;
  /** Converts an error to the answer that repetitions get too; null if a repetition may succeed. */
  toFinalAnswer: (error: unknown) => SavedAnswer | null;
};

type Request<Input, Result> = { input: Input; caller: Caller } & (
  | { ctx: KeyContext; once: Once<Result> }
  | { ctx: RootContext; once: null }
);
type Settled<Result> = SharedOutcome<Result> | { answered: IdempotentOutcome };
type Queue<Input, Result> = (request: Request<Input, Result>) => Promise<Settled<Result>>;

/** The most callers of a transaction: few enough that it ends within its five seconds on a slow disk. */
const MAX_CALLERS = 64;

/** A shared transaction waits this long for a lock. Then each request has one of its own, and waits alone. */
const LOCK_TIMEOUT_MS = 250;

/** More actors than work at a time. When the limit is reached, all queues are forgotten; those who wait in one stay. */
const MAX_QUEUES = 10_000;

/** Lets requests share transactions. Both functions throw the error of the request. */
export function createSharedRun<Input, Result>(runMany: RunMany<Input, Result>) {
  const queuesByDb = new WeakMap<Db, Map<string, Queue<Input, Result>>>();

  /** Finds the queue of an actor. Permissions are part of its key, so nobody shares with who they were before. */
  const findQueue = ({ db, organizationId, actor }: RootContext) => {
    const queues = queuesByDb.get(db) ?? new Map<string, Queue<Input, Result>>();
    queuesByDb.set(db, queues);
    const key = JSON.stringify([organizationId, actor]);
    const known = queues.get(key);
    if (known !== undefined) return known;
    if (queues.size >= MAX_QUEUES) queues.clear();
    const share = coalesce<Request<Input, Result>, Promise<Settled<Result>>>(
      (requests) => runTogether(runMany, requests),
      { maxKeys: MAX_CALLERS, maxLoads: 1 },
    );
    const queue: Queue<Input, Result> = async (request) => share(request);
    queues.set(key, queue);
    return queue;
  };

  const run = async (ctx: RootContext, input: Input): Promise<Result> => {
    const settled = await findQueue(ctx)({ ctx, input, once: null, caller: findCaller() });
    if ("result" in settled) return settled.result;
    throw "error" in settled ? settled.error : new Error("a request without a key was answered");
  };
  /** Runs a request once for all its repetitions. */
  const runOnce = async (
    ctx: KeyContext,
    input: Input,
    once: Once<Result>,
  ): Promise<IdempotentOutcome> => {
    const settled = await findQueue(ctx)({ ctx, input, once, caller: findCaller() });
    if ("answered" in settled) return settled.answered;
    throw "error" in settled ? settled.error : new Error("a request with a key got no answer");
  };
  return { run, runOnce };
}

/** Runs one request in a transaction that is open. */
export async function runOne<Input, Result>(
  runMany: RunMany<Input, Result>,
  ctx: TransactionContext,
  input: Input,
): Promise<Result> {
  const [outcome] = await runMany(ctx, [input]);
  if (outcome === undefined) throw new Error("a request has no outcome");
  if ("error" in outcome) throw outcome.error;
  return outcome.result;
}

/** Returns a promise for each request, so that none waits for one that has a transaction of its own. */
async function runTogether<Input, Result>(
  runMany: RunMany<Input, Result>,
  requests: readonly Request<Input, Result>[],
): Promise<Promise<Settled<Result>>[]> {
  const [first, ...others] = requests;
  if (first === undefined) return [];
  if (others.length === 0) return [Promise.resolve(await runAlone(runMany, first))];
  const progress = { isWorkDone: false };
  try {
    const settled = await inTransaction(
      first.ctx,
      async (ctx) => {
        const settled = await settleAll(runMany, ctx, requests);
        progress.isWorkDone = true;
        return settled;
      },
      { lockTimeoutMs: LOCK_TIMEOUT_MS },
    );
    return settled.map((one) => Promise.resolve(one));
  } catch (error) {
    // The commit may have succeeded, although its answer was lost: another try could record everything twice.
    if (progress.isWorkDone) return requests.map(() => Promise.resolve({ error }));
    return requests.map((request) => inCaller(request.caller, () => runAlone(runMany, request)));
  }
}

async function runAlone<Input, Result>(
  runMany: RunMany<Input, Result>,
  { ctx, input, once }: Request<Input, Result>,
): Promise<Settled<Result>> {
  const run = (ctx: TransactionContext) => runOne(runMany, ctx, input);
  try {
    if (once === null) return { result: await inTransaction(ctx, run) };
    const { request, toAnswer, toFinalAnswer } = once;
    const work = async (ctx: TransactionContext) => toAnswer(await run(ctx));
    return { answered: await answerOnce(request, ctx, work, toFinalAnswer) };
  } catch (error) {
    return { error };
  }
}

/** Settles all requests in one transaction. Those that repeat an earlier one get its answer, and do nothing. */
async function settleAll<Input, Result>(
  runMany: RunMany<Input, Result>,
  ctx: TransactionContext,
  requests: readonly Request<Input, Result>[],
): Promise<Settled<Result>[]> {
  const repeatable = requests.flatMap(({ ctx, once }, index) =>
    once === null ? [] : [{ ...once.request, apiKeyId: ctx.actor.id, index }],
  );
  const outcomes = await findOutcomes(ctx, repeatable);
  const settled = new Map<number, Settled<Result>>(
    repeatable.flatMap(({ index }, nth) => {
      const answered = outcomes[nth];
      return answered ? [[index, { answered }] as const] : [];
    }),
  );
  const toDo = requests.flatMap((request, index) =>
    settled.has(index) ? [] : [{ ...request, index }],
  );
  const done = await runMany(
    ctx,
    toDo.map(({ input }) => input),
  );
  const answers = toDo.flatMap(({ once, ctx, index }, nth) => {
    const outcome = done[nth];
    if (outcome === undefined) throw new Error("a request has no outcome");
    settled.set(index, outcome);
    if (once === null) return [];
    const answer =
      "error" in outcome ? once.toFinalAnswer(outcome.error) : once.toAnswer(outcome.result);
    if (answer === null) return [];
    settled.set(index, { answered: { outcome: "first", answer } });
    return [{ ...once.request, apiKeyId: ctx.actor.id, answer }];
  });
  await saveAnswers(ctx, answers);
  return requests.map((_, index) => {
    const one = settled.get(index);
    if (one === undefined) throw new Error("a request was not settled");
    return one;
  });
}
