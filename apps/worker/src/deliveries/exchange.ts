import { type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import { isNamedHost } from "@ringfence/core/platform/settings";
import { isPrivateAddress, PrivateHost, publicLookup } from "@ringfence/services/platform/network";

/** From the first byte sent to the last one heard; below the minute for which a delivery is ours. */
const PATIENCE_MS = 15_000;
/** The longest answer that is read. */
const MAX_BYTES = 8 * 1024 * 1024;

export type Outgoing = { url: string; headers: Record<string, string>; body: string };
export type Answer = { status: number; retryAfterSeconds: number | null; text: string };
/** `not-encrypted`, `private-host`, `timeout`, `too-large` (of an answer), or a code of the network such as `ECONNREFUSED`. */
export type NoAnswer = { fault: string };

export type Reach = {
  /** Hosts inside private networks that may be told all the same, `name` or `name:port`. */
  privateHosts: readonly string[];
  signal: AbortSignal;
};

/**
 * Posts something once, and hears the answer. Redirects are not followed: what was meant for one is
 * not told to another.
 */
export async function exchange(
  { url, headers, body }: Outgoing,
  { privateHosts, signal }: Reach,
): Promise<Answer | NoAnswer> {
  const address = new URL(url);
  const { hostname, protocol } = address;
  const mayBePrivate = isNamedHost(privateHosts, address);
  if (!mayBePrivate && isPrivateAddress(hostname)) return { fault: "private-host" };
  // Numbers, and what opens a dialer, are for nobody on the way to read: only a network that the operator
  // named is told without TLS.
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
      text: await textOf(response),
    };
  } catch (error) {
    if (signal.aborted) throw error;
    return { fault: patience.aborted ? "timeout" : faultOf(error) };
  } finally {
    request.destroy();
  }
}

/** Half an answer must not pass for a whole one. */
class TooLarge extends Error {}

async function textOf(response: IncomingMessage): Promise<string> {
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

function faultOf(error: unknown): string {
  if (error instanceof PrivateHost) return "private-host";
  if (error instanceof TooLarge) return "too-large";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^\w{1,64}$/.test(code) ? code : "broken-off";
}
