import { hash } from "node:crypto";
import type { ServiceContext, TransactionContext } from "@ringfence/services/context";
import {
  type IdempotentOutcome,
  type Once,
  type RepeatableRequest,
  type SavedAnswer,
  answerOnce,
  hasAnswer,
} from "@ringfence/services/platform/idempotency";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { problemBody, toProblem } from "./answer-errors.ts";
import { type KeyContext, requireContext } from "./authenticate.ts";
import { PROBLEM_TYPE, ProblemError, problemStatus } from "./problem.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** SHA-256 of the body once it was read, for requests that carry an `Idempotency-Key`; else it may be null. */
    bodyHash: Uint8Array | null;
  }
}

/** Answer to a change; a problem when the status is 400 or above. */
export type ChangeAnswer = { status: number; body: object };

const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/);
const keyDescription = {
  description: "A request repeated with the same key within 24 hours gets the first answer.",
};

/** Headers of a POST that changes something. */
export const ChangeHeaders = z.looseObject({
  "idempotency-key": IdempotencyKey.optional().meta(keyDescription),
});

/**
 * Headers of a request that brings an opt-out. An unusable key is ignored, because no header may
 * cost the person their opt-out.
 */
export const RefusalHeaders = z.looseObject({
  "idempotency-key": IdempotencyKey.optional().catch(undefined).meta(keyDescription),
});

/** True if the request carries a key that `RefusalHeaders` ignores. Call before validation, which drops that key. */
export const isKeyUnusable = ({ headers }: FastifyRequest) =>
  "idempotency-key" in headers && !IdempotencyKey.safeParse(headers["idempotency-key"]).success;

/**
 * Makes a change and answers it; with an `Idempotency-Key`, in one transaction and once for all repetitions within
 * 24 hours. A refusal is saved as the answer too, except for reasons that may pass: an invalid key or signature, a
 * missing scope, the rate limit, or a fault of ours.
 */
export async function answerChange(
  request: FastifyRequest,
  reply: FastifyReply,
  change: (ctx: ServiceContext) => Promise<ChangeAnswer>,
) {
  const ctx = requireContext(request);
  if (!isRepeatable(request)) return send(reply, toSavedAnswer(await change(ctx)));
  return sendOnce(reply, await changeOnce(request, ctx, change));
}

/**
 * Makes a change whose callers share transactions while they wait, and answers it as `answerChange` does.
 */
export async function answerShared<Input, Output>(
  request: FastifyRequest,
  reply: FastifyReply,
  { verb, input, toAnswer }: SharedChange<Input, Output>,
) {
  const ctx = requireContext(request);
  if (!isRepeatable(request)) return send(reply, toSavedAnswer(toAnswer(await verb(ctx, input))));
  const once = await verb.once(ctx, input, {
    request: toRepeatable(request),
    toAnswer: (result) => toSavedAnswer(toAnswer(result)),
    toFinalAnswer: (error) => toFinalAnswer(error, request),
  });
  return sendOnce(reply, once);
}

type SharedChange<Input, Output> = {
  verb: {
    (ctx: KeyContext, input: Input): Promise<Output>;
    once: (ctx: KeyContext, input: Input, once: Once<Output>) => Promise<IdempotentOutcome>;
  };
  input: Input;
  toAnswer: (result: Output) => ChangeAnswer;
};

/** True if the request carries a usable `Idempotency-Key`. Call after validation. */
export const isRepeatable = ({ headers }: FastifyRequest) =>
  headers["idempotency-key"] !== undefined;

/**
 * Makes a change once for all repetitions of a request, in one transaction. The request must have an
 * `Idempotency-Key`, and its whole body must have been read: without `bodyHash`, a repetition with another body would
 * get the first answer.
 */
export function changeOnce(
  request: FastifyRequest,
  ctx: KeyContext,
  change: (ctx: TransactionContext) => Promise<ChangeAnswer>,
): Promise<IdempotentOutcome> {
  return answerOnce(
    toRepeatable(request),
    ctx,
    async (ctx) => toSavedAnswer(await change(ctx)),
    (error) => toFinalAnswer(error, request),
  );
}

/** True if a request with the `Idempotency-Key` of this one has an answer. May be called before the body is read. */
export const isRepetition = async (request: FastifyRequest, ctx: KeyContext): Promise<boolean> =>
  isRepeatable(request) && hasAnswer(ctx, toRequestName(request));

const toRequestName = ({ routeOptions, headers }: FastifyRequest) => ({
  route: routeOptions.url ?? "",
  key: String(headers["idempotency-key"]),
});

const toRepeatable = (request: FastifyRequest): RepeatableRequest => ({
  ...toRequestName(request),
  hash: hashRequest(request),
});

/** Sends the first answer. Throws a problem if there is none yet, or if the key was used for another request. */
export function sendOnce(reply: FastifyReply, once: IdempotentOutcome) {
  switch (once.outcome) {
    case "running":
      throw new ProblemError("idempotency-running", { key: "error.idempotency-running" });
    case "conflict":
      throw new ProblemError("idempotency-conflict", { key: "error.idempotency-conflict" });
    case "replayed":
      reply.header("idempotency-replayed", "true");
      break;
    case "first":
      break;
  }
  return send(reply, once.answer);
}

const toSavedAnswer = ({ status, body }: ChangeAnswer): SavedAnswer => ({
  status,
  body: JSON.stringify(body),
});

const send = (reply: FastifyReply, { status, body }: SavedAnswer) =>
  reply
    .code(status)
    .type(status < 400 ? "application/json; charset=utf-8" : PROBLEM_TYPE)
    .send(body);

/** Hashes what a repetition must have in common with the first request: its address with query, and its body. */
const hashRequest = ({ url, bodyHash }: FastifyRequest) =>
  hash("sha256", Buffer.concat([Buffer.from(`${url}\n`), bodyHash ?? Buffer.alloc(0)]), "buffer");

/** Converts a problem to the answer of a change. */
export const problemAnswer = (problem: ProblemError, request: FastifyRequest): ChangeAnswer => ({
  status: problemStatus[problem.code],
  body: problemBody(problem, request),
});

/** Statuses of refusals that may pass without a change of the request. */
const PASSING = new Set([401, 403, 429]);

/** Converts an error to the answer that repetitions get too; null if a repetition may succeed. */
function toFinalAnswer(error: unknown, request: FastifyRequest): SavedAnswer | null {
  const problem = error instanceof Error ? toProblem(error, request) : null;
  if (problem === null) return null;
  const answer = problemAnswer(problem, request);
  return answer.status >= 500 || PASSING.has(answer.status) ? null : toSavedAnswer(answer);
}
