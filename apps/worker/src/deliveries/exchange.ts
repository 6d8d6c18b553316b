import { type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import { isNamedHost } from "@ringfence/core/platform/settings";
import { PrivateHost, isPrivateAddress, publicLookup } from "@ringfence/services/platform/network";
import type { DeliveryOutcome } from "@ringfence/services/do-not-call/endpoint";

/**
 * Time for one exchange, from connecting to the last byte received. Must stay below the minute for which a
 * delivery is claimed.
 */
const PATIENCE_MS = 15_000;
/** The longest answer that is read. */
const MAX_BYTES = 8 * 1024 * 1024;

type Outgoing = { url: string; headers: Record<string, string>; body: string };
export type Answer = { status: number; retryAfterSeconds: number | null; text: string };
/**
 * Why no answer came: `not-encrypted`, `private-host`, `timeout`, `too-large` (the answer), a network code such as
 * `ECONNREFUSED`, or `broken-off` for a fault without one.
 */
export type NoAnswer = { fault: string };

/** Private hosts that a delivery may reach, and the signal that ends it. */
export type Reach = {
  /** Hosts inside private networks that may be called all the same, `name` or `name:port`. */
  privateHosts: readonly string[];
  /** Aborts when the worker is asked to stop. The error is then thrown, because the delivery has no outcome. */
  signal: AbortSignal;
};

/**
 * Posts once and returns the answer. Redirects are not followed, so that data meant for one host
 * never goes to another.
 */
export async function exchange(
  { url, headers, body }: Outgoing,
  { privateHosts, signal }: Reach,
): Promise<Answer | NoAnswer> {
  const address = new URL(url);
  const { hostname, protocol } = address;
  const mayBePrivate = isNamedHost(privateHosts, address);
  if (!mayBePrivate && isPrivateAddress(hostname)) return { fault: "private-host" };
  // Phone numbers and dialer credentials must not be readable on the way: only hosts that the
  // operator allows are called without TLS.
  if (!mayBePrivate && protocol !== "https:") return { fault: "not-encrypted" };

  const patience = AbortSignal.timeout(PATIENCE_MS);
  const request = (protocol === "https:" ? requestSecure : requestPlain)(url, {
    method: "POST",
    headers: { ...headers, "content-length": Buffer.byteLength(body) },
    signal: AbortSignal.any([signal, patience]),
    ...(mayBePrivate ? {} : { lookup: publicLookup }),
  });
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request.once("response", resolve);
      request.on("error", reject);
      request.end(body);
    });
    const seconds = /^\d{1,6}$/.exec(response.headers["retry-after"] ?? "")?.[0];
    return {
      status: response.statusCode ?? 0,
      retryAfterSeconds: seconds === undefined ? null : Number(seconds),
      text: await readText(response),
    };
  } catch (error) {
    if (signal.aborted) throw error;
    return { fault: patience.aborted ? "timeout" : describeFault(error) };
  } finally {
    request.destroy();
  }
}

/** The answer is too long. A part of it must not be taken for the whole. */
class TooLarge extends Error {}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > MAX_BYTES) throw new TooLarge();
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString();
}

function describeFault(error: unknown): string {
  if (error instanceof PrivateHost) return "private-host";
  if (error instanceof TooLarge) return "too-large";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^\w{1,64}$/.test(code) ? code : "broken-off";
}

/** Reads the outcome of a delivery from the status of the answer alone. */
export function toDeliveryOutcome(answer: Answer | NoAnswer): DeliveryOutcome {
  if ("fault" in answer) return answer;
  const { status, retryAfterSeconds } = answer;
  return retryAfterSeconds === null ? { status } : { status, retryAfterSeconds };
}
