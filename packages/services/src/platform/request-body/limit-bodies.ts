import type { IncomingMessage, ServerResponse } from "node:http";

/*
 * Limits on request bodies, for all servers. Node and Fastify limit the time and the length of one request; what is here
 * limits how slowly a body may arrive (`createBodyWatch`), how much all bodies together hold in memory
 * (`createBodyBudget`), and how much of the process those take that are read in loops (`createTurns`).
 */

/** Time that we wait for any body, however slow. Each `LEAST_BYTES_PER_SECOND` that arrive add a second. */
const GRACE_MS = 20_000;
const LEAST_BYTES_PER_SECOND = 16 * 1024;
/** Time that a sender has to read an answer that was given before the body ended. */
const LINGER_MS = 2_000;
const SWEEP_MS = 1_000;
/** A body that nobody wants is read and dropped up to this length, so that the connection can be used again. */
const SHORT_BYTES = 1024 * 1024;

type OpenBody = {
  request: IncomingMessage;
  /** Bytes that the connection had received before this body. */
  bytesBefore: number;
  /** Time that we have waited for the sender of this body. */
  waitedMs: number;
  /** Up to when `waitedMs` was counted. */
  countedAt: number;
  maxBytes: number;
  end: () => void;
};

export type BodyWatch = ReturnType<typeof createBodyWatch>;

/**
 * Ends requests whose bodies arrive too slowly or are too long, and those that nobody reads to their end. It does so once
 * a second, after `start`. `now` counts milliseconds and never jumps.
 */
export function createBodyWatch(now: () => number) {
  const open = new Set<OpenBody>();
  /** Requests whose body nobody reads, and the time at which they end. */
  const unread = new Map<IncomingMessage, number>();

  /** Calls `end` once if a sweep finds that the body arrives too slowly, or has exceeded `maxBytes` by then. */
  function watch(request: IncomingMessage, end: () => void, maxBytes = Infinity) {
    const at = now();
    const bytesBefore = bytesRead(request);
    const body: OpenBody = { request, bytesBefore, waitedMs: 0, countedAt: at, maxBytes, end };
    open.add(body);
    request.once("close", () => open.delete(body));
  }

  /**
   * Gives up a body before its answer is sent: drops it if it is short, and otherwise stops reading. Then the sender gets
   * a moment to read the answer before the connection ends, because otherwise they might never see the reason.
   */
  function leaveUnread(request: IncomingMessage, response: ServerResponse) {
    if ((declaredLength(request) ?? Infinity) <= SHORT_BYTES) {
      watch(request, () => request.destroy());
      request.resume();
      return;
    }
    const { socket } = request;
    response.setHeader("connection", "close");
    // After the answer, Node would destroy the socket, and what the sender has not read yet would be lost.
    socket.destroySoon = () => socket.end();
    socket.pause();
    response.once("finish", () => {
      unread.set(request, now() + LINGER_MS);
      // Node reads and drops what is left of a body as soon as its answer is sent.
      setImmediate(() => socket.pause());
    });
    request.once("close", () => unread.delete(request));
  }

  function sweep() {
    const at = now();
    for (const body of open) {
      if (body.request.complete) open.delete(body);
      else if (isLate(body, at) || bytesRead(body.request) - body.bytesBefore > body.maxBytes) {
        open.delete(body);
        body.end();
      }
    }
    for (const [request, endsAt] of unread) {
      if (request.complete) unread.delete(request);
      else if (at >= endsAt) request.destroy();
    }
  }

  /** Starts a sweep every second. Returns a function that stops it. */
  function start(): () => void {
    const timer = setInterval(sweep, SWEEP_MS).unref();
    return () => clearInterval(timer);
  }

  return { watch, leaveUnread, sweep, start };
}

/** True if a body arrives too slowly. Time in which it waits for us to read it does not count. */
function isLate(body: OpenBody, at: number): boolean {
  const { request, bytesBefore } = body;
  if (request.readableLength === 0) body.waitedMs += at - body.countedAt;
  body.countedAt = at;
  const received = bytesRead(request) - bytesBefore;
  return body.waitedMs > GRACE_MS + (received / LEAST_BYTES_PER_SECOND) * 1_000;
}

/** Bytes that the connection has received; 0 for a request without one (Fastify's `inject`). */
const bytesRead = ({ socket }: IncomingMessage): number =>
  "bytesRead" in socket ? socket.bytesRead : 0;

/** Returns true if the headers announce a body (RFC 9112, 6). */
export const hasBody = ({ headers }: Pick<IncomingMessage, "headers">): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/** The length that the headers give for a body: 0 without one, null if it comes in chunks. */
export const declaredLength = ({ headers }: Pick<IncomingMessage, "headers">): number | null =>
  headers["transfer-encoding"] === undefined ? Number(headers["content-length"] ?? 0) : null;

/** The most bytes of request bodies in the memory of a process: of all senders, and of each. */
export type BodyMemoryLimits = { totalBytes: number; senderBytes: number };

/** Releases the room. Calling it again does nothing. */
export type Release = () => void;

/** Reserves room for a body before any of it is read; null if there is not enough left. */
export type ReserveBodyMemory = (sender: string, bytes: number) => Release | null;

/** Counts the bytes of bodies in a process, so that nobody can fill its memory. */
export function createBodyBudget({ totalBytes, senderBytes }: BodyMemoryLimits): ReserveBodyMemory {
  const held = new Map<string, number>();
  let total = 0;

  const add = (sender: string, bytes: number) => {
    total += bytes;
    const theirs = (held.get(sender) ?? 0) + bytes;
    if (theirs > 0) held.set(sender, theirs);
    else held.delete(sender);
  };

  return (sender, bytes) => {
    const theirs = held.get(sender) ?? 0;
    if (total + bytes > totalBytes || theirs + bytes > senderBytes) return null;
    add(sender, bytes);
    let isHeld = true;
    return () => {
      if (isHeld) add(sender, -bytes);
      isHeld = false;
    };
  };
}

/**
 * Lets many loops share the process. A loop awaits its turn before each step, and one of all loops gets a turn every `ms`
 * milliseconds, in the order in which they asked. So many loops take no more of the process than one, and each is slower.
 */
export function createTurns(ms: number): () => Promise<void> {
  const waiting: (() => void)[] = [];
  let isOpen = true;
  const goOn = () => {
    const next = waiting.shift();
    isOpen = next === undefined;
    if (next === undefined) return;
    next();
    setTimeout(goOn, ms);
  };
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (isOpen) goOn();
    });
}
