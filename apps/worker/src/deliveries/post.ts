import { type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import type { DeliveryOutcome, SignedRequest } from "@ringfence/services/endpoint";
import { isPrivateAddress, PrivateHost, publicLookup } from "../sources/public-lookup.ts";

/** From the first byte sent to the end of the answer's head; below the minute for which it is ours. */
const PATIENCE_MS = 15_000;

type Options = {
  /** Hosts inside private networks that may be told all the same, `name` or `name:port`. */
  privateHosts: readonly string[];
  signal: AbortSignal;
};

/**
 * Posts what was signed, once. Redirects are not followed: what was meant for one is not told to
 * another. What the other side says beside its status is not read.
 */
export async function post(
  { url, headers, body }: SignedRequest,
  { privateHosts, signal }: Options,
): Promise<DeliveryOutcome> {
  const { host, hostname, protocol } = new URL(url);
  const mayBePrivate = [host, hostname].some((name) => privateHosts.includes(name));
  if (!mayBePrivate && isPrivateAddress(hostname)) return { fault: "private-host" };

  const patience = AbortSignal.timeout(PATIENCE_MS);
  const options = {
    method: "POST",
    headers: { ...headers, "content-length": Buffer.byteLength(body) },
    signal: AbortSignal.any([signal, patience]),
    ...(mayBePrivate ? {} : { lookup: publicLookup }),
  };
  const request = (protocol === "https:" ? requestSecure : requestPlain)(url, options);
  try {
    return answerOf(
      await new Promise<IncomingMessage>((resolve, reject) => {
        request.once("response", resolve);
        request.on("error", reject);
        request.end(body);
      }),
    );
  } catch (error) {
    if (signal.aborted) throw error;
    return { fault: patience.aborted ? "timeout" : faultOf(error) };
  } finally {
    request.destroy();
  }
}

function answerOf({ statusCode = 0, headers }: IncomingMessage): DeliveryOutcome {
  const seconds = headers["retry-after"] ?? "";
  return /^\d{1,6}$/.test(seconds)
    ? { status: statusCode, retryAfterSeconds: Number(seconds) }
    : { status: statusCode };
}

function faultOf(error: unknown): string {
  if (error instanceof PrivateHost) return "private-host";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^\w{1,64}$/.test(code) ? code : "broken-off";
}
