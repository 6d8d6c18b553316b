import { usualPoolSize } from "@ringfence/core/platform/settings";
import { declaredLength } from "@ringfence/services/platform/request-body";
import type { HeavyLimitsReader } from "@ringfence/services/account/organization";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { noRoom } from "./guard-bodies.ts";
import { type SlotLimits, createFairSlots } from "./fair-slots.ts";
import { ProblemError } from "./problem.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The most work of the route: whole files and lists. Never set it where a person's refusal is recorded. */
    isHeavy?: (request: FastifyRequest) => boolean;
  }
}

/** Connections of each pool that stay free for screenings, opt-outs and whatever else is short. */
const FREE_CONNECTIONS = 4;

/** Finds how many heavy requests a process runs at once. Each uses one connection of a pool. */
export function findHeavyLimits(poolSize: number): SlotLimits {
  const total = Math.max(1, poolSize - FREE_CONNECTIONS);
  return { total, ofOne: Math.ceil((total * 2) / 3) };
}

/** Longer bodies are heavy work: about 150 contacts, or a batch of 600 calls. */
const HEAVY_BYTES = 16 * 1024;
/** Longest time that a heavy request waits for its turn. */
const WAIT_MS = 10_000;
/** Time after which the work of a request whose caller has gone no longer counts. */
const ABANDONED_MS = 30_000;

/** True if a body is long, or its length is unknown. */
export const hasLargeBody = ({ raw }: FastifyRequest) =>
  (declaredLength(raw) ?? Infinity) > HEAVY_BYTES;

type LimitOptions = {
  limits?: SlotLimits | undefined;
  /** Reads the limits that the operator has set for single organizations. */
  readLimits?: HeavyLimitsReader | undefined;
};

/**
 * Limits the heavy requests of each organization, and has organizations take turns when there are many, before the body
 * is read. Runs after `authenticate`. Over its own limit, an organization gets 429; without a turn in time, 503. The
 * operator can set a lower limit for an organization than the process has for each.
 */
export function limitHeavyRequests(
  server: FastifyInstance,
  { limits = findHeavyLimits(usualPoolSize), readLimits }: LimitOptions = {},
) {
  const take = createFairSlots(limits);
  const answers = new WeakMap<FastifyRequest, () => void>();

  server.addHook("onRequest", async (request, reply) => {
    const { keyContext } = request;
    if (keyContext === null || !request.routeOptions.config.isHeavy?.(request)) return;
    const { organizationId } = keyContext;
    const most = (await readLimits?.())?.(organizationId).requests ?? limits.ofOne;
    const gone = new AbortController();
    const leave = () => gone.abort();
    reply.raw.once("close", leave);
    const waited = AbortSignal.timeout(WAIT_MS);
    const release = await take(organizationId, AbortSignal.any([gone.signal, waited]), most);
    reply.raw.off("close", leave);
    if (release === null)
      throw waited.aborted ? noRoom() : tooManyAtOnce(Math.min(most, limits.ofOne));
    answers.set(request, holdUntilAnswered(reply, release));
  });

  server.addHook("onSend", async (request) => answers.get(request)?.());
}

/**
 * Releases a slot once the answer was sent. The work goes on when its caller leaves, so the slot then stays taken until
 * there is an answer to send, which the returned function reports.
 */
function holdUntilAnswered({ raw }: FastifyReply, release: () => void) {
  let isAnswered = false;
  const onClose = () => {
    if (isAnswered) release();
    else setTimeout(release, ABANDONED_MS).unref();
  };
  if (raw.closed) onClose();
  else raw.once("finish", release).once("close", onClose);
  return () => {
    isAnswered = true;
    if (raw.closed) release();
  };
}

const tooManyAtOnce = (limit: number) =>
  new ProblemError(
    "rate-limited",
    { key: "error.too-many-at-once", values: { limit } },
    { headers: { "retry-after": "1" } },
  );
