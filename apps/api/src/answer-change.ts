import { hash } from "node:crypto";
import type { ServiceContext, TransactionContext } from "@ringfence/services/context";
import {
  type Answer,
  answerOnce,
  type OnceOutcome,
} from "@ringfence/services/platform/idempotency";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { bodyOf, problemOf } from "./answer-errors.ts";
import { contextOf, type KeyContext } from "./authenticate.ts";
import { PROBLEM_TYPE, ProblemError, problemStatus } from "./problem.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** SHA-256 of the body, of requests that carry an `Idempotency-Key`. */
    bodyHash: Uint8Array | null;
  }
}

/** What a change is answered; a problem from 400 on. */
export type ChangeAnswer = { status: number; body: object };

const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/);
const ofKey = { description: "Repeated within 24 hours, the request gets the first answer." };

/** The headers of a POST that changes something. */
export const ChangeHeaders = z.looseObject({
  "idempotency-key": IdempotencyKey.optional().meta(ofKey),
});

/** Those of one that brings a refusal, which no header can lose: a key that is none is left out. */
export const RefusalHeaders = z.looseObject({
  "idempotency-key": IdempotencyKey.optional().catch(undefined).meta(ofKey),
});

/** Whether a key came that `RefusalHeaders` leaves out. */
export const isKeyUnusable = ({ headers }: FastifyRequest) =>
  "idempotency-key" in headers && !IdempotencyKey.safeParse(headers["idempotency-key"]).success;

/**
 * Makes a change and answers it; with an `Idempotency-Key` once for all repetitions. What a verb
 * refuses is an answer too, except for reasons that pass: a scope that is missing, or a fault of ours.
 */
export async function answerChange(
  request: FastifyRequest,
  reply: FastifyReply,
  change: (ctx: ServiceContext) => Promise<ChangeAnswer>,
) {
  const ctx = contextOf(request);
  if (!isRepeatable(request)) return send(reply, inJson(await change(ctx)));
  return sendOnce(reply, await changeOnce(request, ctx, change));
}

/** Whether a request carries an `Idempotency-Key`. */
export const isRepeatable = ({ headers }: FastifyRequest) =>
  headers["idempotency-key"] !== undefined;

/** Makes a change once for all repetitions of a request, whose `bodyHash` is known by now. */
export function changeOnce(
  request: FastifyRequest,
  ctx: KeyContext,
  change: (ctx: TransactionContext) => Promise<ChangeAnswer>,
): Promise<OnceOutcome> {
  const { url: route = "" } = request.routeOptions;
  return answerOnce(
    { route, key: String(request.headers["idempotency-key"]), hash: hashOf(request) },
    ctx,
    async (ctx) => inJson(await change(ctx)),
    (error) => refusalOf(error, request),
  );
}

/** The first answer, or why there is none yet. */
export function sendOnce(reply: FastifyReply, once: OnceOutcome) {
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

const inJson = ({ status, body }: ChangeAnswer): Answer => ({ status, body: JSON.stringify(body) });

const send = (reply: FastifyReply, { status, body }: Answer) =>
  reply
    .code(status)
    .type(status < 400 ? "application/json; charset=utf-8" : PROBLEM_TYPE)
    .send(body);

/** All that makes the request: its address with ids and settings, and its body. */
const hashOf = ({ url, bodyHash }: FastifyRequest) =>
  hash("sha256", Buffer.concat([Buffer.from(`${url}\n`), bodyHash ?? Buffer.alloc(0)]), "buffer");

/** A problem as what a change is answered. */
export const problemAnswer = (problem: ProblemError, request: FastifyRequest): ChangeAnswer => ({
  status: problemStatus[problem.code],
  body: bodyOf(problem, request),
});

const PASSING = new Set([401, 403, 429]);

function refusalOf(error: unknown, request: FastifyRequest): Answer | null {
  const problem = error instanceof Error ? problemOf(error, request) : null;
  if (problem === null) return null;
  const answer = problemAnswer(problem, request);
  return answer.status >= 500 || PASSING.has(answer.status) ? null : inJson(answer);
}
