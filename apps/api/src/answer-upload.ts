import { createHash, type Hash } from "node:crypto";
import { type FileContext, inTransaction, type Transact } from "@ringfence/services/context";
import type { OnceOutcome } from "@ringfence/services/platform/idempotency";
import { parseContentDigest, verifyUpload } from "@ringfence/services/platform/files";
import type { FastifyReply, FastifyRequest } from "fastify";
import { changeOnce, isRepeatable, sendOnce } from "./answer-change.ts";
import { contextOf } from "./authenticate.ts";
import { bytesOf } from "./bytes-of.ts";

/** A verb that takes a file of any size, and puts it on record when it is whole. */
export type TakeFile<T> = (
  ctx: FileContext,
  content: AsyncIterable<Uint8Array>,
  transact: Transact<T>,
) => Promise<T>;

/**
 * Takes a file, and answers it. Whether a request with an `Idempotency-Key` repeats another is known
 * when its file was read to the end: only then the transaction begins, and a file that is not needed
 * goes away.
 */
export async function answerUpload<T extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  take: TakeFile<T>,
) {
  const ctx = contextOf(request);
  const content = checked(request);
  if (!isRepeatable(request)) {
    return reply.code(status).send(await take(ctx, content, inTransaction));
  }
  const hash = createHash("sha256");
  const done: { once?: OnceOutcome } = {};
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
    await take(ctx, hashed(content, hash), transact);
  } catch (error) {
    if (!(error instanceof NotNeeded)) throw error;
  }
  if (done.once === undefined) throw new Error("a file was taken, and nothing put on record");
  return sendOnce(reply, done.once);
}

/** The body, which fails at its end where it is not what a `Content-Digest` says; one that is cut short always does. */
function checked({ headers, raw }: FastifyRequest): AsyncIterable<Uint8Array> {
  const header = headers["content-digest"];
  const bytes = bytesOf(raw);
  if (header === undefined) return bytes;
  const sha256 = parseContentDigest(String(header));
  return verifyUpload(bytes, sha256 && { bytes: null, sha256 });
}

/** Ends the taking of a file to which there is an answer already. */
class NotNeeded extends Error {}

async function* hashed(content: AsyncIterable<Uint8Array>, hash: Hash) {
  for await (const chunk of content) {
    hash.update(chunk);
    yield chunk;
  }
}
