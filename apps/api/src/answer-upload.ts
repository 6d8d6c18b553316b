import { createHash } from "node:crypto";
import { parseContentDigest } from "@ringfence/core/platform/content-digest";
import { type FileContext, type Transact, inTransaction } from "@ringfence/services/context";
import type { IdempotentOutcome } from "@ringfence/services/platform/idempotency";
import { verifyUpload, watchChunks } from "@ringfence/services/platform/files";
import type { FastifyReply, FastifyRequest } from "fastify";
import { changeOnce, isRepeatable, isRepetition, sendOnce } from "./answer-change.ts";
import { requireContext } from "./authenticate.ts";
import { readBytes } from "./guard-bodies.ts";

/** A file of any size as it arrives. */
type ArrivingFile<T> = {
  content: AsyncIterable<Uint8Array>;
  /** Begins the transaction that records the file. */
  transact: Transact<T>;
  /** True if an earlier request with the same key has an answer, which this one gets too. */
  isRepetition: boolean;
};

/** A verb that takes a file of any size and records it once it is complete. */
export type TakeFile<T> = (ctx: FileContext, file: ArrivingFile<T>) => Promise<T>;

/**
 * Takes a file and answers it with `status`. A repetition under an `Idempotency-Key` is detected only when the
 * whole file has been read: the transaction begins then, and a file that is not needed is deleted. `take` must
 * therefore read `content` to its end before it calls `transact`, and must record everything inside it. It may refuse
 * the file before it reads it, unless it is a repetition.
 */
export async function answerUpload<T extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  take: TakeFile<T>,
) {
  const ctx = requireContext(request);
  const content = readVerified(request);
  if (!isRepeatable(request)) {
    const file = { content, transact: inTransaction, isRepetition: false };
    return reply.code(status).send(await take(ctx, file));
  }
  const hash = createHash("sha256");
  const done: { once?: IdempotentOutcome } = {};
  const transact: Transact<T> = async (_, work) => {
    request.bodyHash = hash.digest();
    const results: T[] = [];
    done.once = await changeOnce(request, ctx, async (ctx) => {
      const body = await work(ctx);
      results.push(body);
      return { status, body };
    });
    const [result] = results;
    if (result === undefined) throw new NotNeeded();
    return result;
  };
  try {
    await take(ctx, {
      content: watchChunks(content, (chunk) => hash.update(chunk)),
      transact,
      isRepetition: await isRepetition(request, ctx),
    });
  } catch (error) {
    if (!(error instanceof NotNeeded)) throw error;
  }
  if (done.once === undefined) throw new Error("a file was taken, and nothing put on record");
  return sendOnce(reply, done.once);
}

/**
 * Yields the body, and fails at its end if it does not match its `Content-Digest`. It always fails if it
 * is cut short.
 */
function readVerified({ headers, raw }: FastifyRequest): AsyncIterable<Uint8Array> {
  const header = headers["content-digest"];
  const bytes = readBytes(raw);
  if (header === undefined) return bytes;
  const sha256 = parseContentDigest(String(header));
  return verifyUpload(bytes, sha256 && { bytes: null, sha256 });
}

/** Stops an upload that already has an answer. */
class NotNeeded extends Error {}
