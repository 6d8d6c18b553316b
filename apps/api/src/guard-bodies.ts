import type { Readable } from "node:stream";
import type { Message } from "@ringfence/core/platform/message";
import { findNetwork } from "@ringfence/services/platform/network";
import {
  type BodyMemoryLimits,
  type BodyWatch,
  createBodyBudget,
  createBodyWatch,
  declaredLength,
  hasBody,
} from "@ringfence/services/platform/request-body";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { endSlowBody } from "./answer-errors.ts";
import { ProblemError, tooLarge } from "./problem.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Ends bodies that arrive too slowly. */
    bodyWatch: BodyWatch;
  }
  interface FastifyContextConfig {
    /** Returns true if the body is read piece by piece and never held whole. */
    isStream?: (request: FastifyRequest) => boolean;
  }
}

const MIB = 1024 * 1024;
/** The default limit of a body. No opt-out is longer. */
export const SMALL_BYTES = 64 * 1024;
/** The most that a stream holds at a time: part of its rows, or the texts of a mail. */
export const STREAM_BYTES = 3 * MIB;

/** The most bytes of bodies in memory at once, by sender. */
export type BodyRooms = {
  /** Senders with a key. Their small bodies are not counted. */
  key: BodyMemoryLimits;
  /**
   * Everybody else. Small bodies have their own room, so that large ones cannot keep an opt-out
   * waiting.
   */
  publicSmall: BodyMemoryLimits;
  publicLarge: BodyMemoryLimits;
};

export const bodyRooms: BodyRooms = {
  key: { totalBytes: 64 * MIB, senderBytes: 32 * MIB },
  publicSmall: { totalBytes: 64 * MIB, senderBytes: 16 * MIB },
  publicLarge: { totalBytes: 48 * MIB, senderBytes: 12 * MIB },
};

type GuardOptions = { rooms?: BodyRooms; now?: () => number };

/**
 * Checks before a body is read that there is room for it, and while it arrives that it is not too slow. Without
 * room, the answer is 503 with `Retry-After`. The room is released when the answer has been sent or the connection
 * has closed.
 */
export function guardBodies(
  server: FastifyInstance,
  { rooms = bodyRooms, now = () => performance.now() }: GuardOptions = {},
) {
  const watch = createBodyWatch(now);
  const takeRoom = admitBodies(rooms);
  const stop = watch.start();
  server.decorate("bodyWatch", watch);
  server.addHook("onClose", async () => stop());

  // Runs after every hook that authenticates, and before the body is read.
  server.addHook("preParsing", (request, reply, _payload, done) => {
    if (!hasBody(request.raw)) return done();
    const release = takeRoom(request);
    if (release === null) return done(noRoom());
    reply.raw.once("close", release);
    watch.watch(request.raw, () => endSlowBody(request.raw, reply.raw));
    done();
  });

  server.addHook("onSend", (request, reply, _payload, done) => {
    const { raw } = request;
    if (hasBody(raw) && !raw.complete) {
      // Otherwise Fastify would close the connection before the sender learns why.
      reply.removeHeader("connection");
      if (request.keyContext) raw.resume();
      else watch.leaveUnread(raw, reply.raw);
    }
    done();
  });
}

const nothing = () => {};

/**
 * Creates a function that reserves room for the body of a request, and returns how to release it; null if there is
 * none.
 */
function admitBodies({ key, publicSmall, publicLarge }: BodyRooms) {
  const takeKey = createBodyBudget(key);
  const takeSmall = createBodyBudget(publicSmall);
  const takeLarge = createBodyBudget(publicLarge);

  return (request: FastifyRequest) => {
    const bytes = heldBytes(request);
    const { keyContext, clientAddress } = request;
    const isSmall = bytes <= SMALL_BYTES;
    if (keyContext) return isSmall ? nothing : takeKey(keyContext.actor.id, bytes);
    const sender = findNetwork(clientAddress) ?? clientAddress;
    return (isSmall ? takeSmall : takeLarge)(sender, bytes);
  };
}

/**
 * Returns how many bytes of a body will be in memory at most: all of them unless it is a stream, and the limit of the
 * route if the length is unknown. Throws for a body that declares too great a length.
 */
function heldBytes(request: FastifyRequest): number {
  const { bodyLimit, config } = request.routeOptions;
  const declared = declaredLength(request.raw);
  if (config.isStream?.(request)) return Math.min(declared ?? STREAM_BYTES, STREAM_BYTES);
  if (declared !== null && declared > bodyLimit) throw tooLarge(bodyLimit);
  return declared ?? bodyLimit;
}

const bodiesFull: Message = { key: "error.bodies-full" };
/** Creates the answer of a server that is busy with other large requests. */
export const noRoom = () =>
  new ProblemError("cannot-check", bodiesFull, { headers: { "retry-after": "1" } });

/**
 * Yields the bytes of a body. A body abandoned midway is read to its end and dropped: destroying it
 * would close the connection, and the sender would never learn why.
 */
export async function* readBytes(payload: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* payload.iterator({ destroyOnReturn: false });
  } finally {
    payload.resume();
  }
}
