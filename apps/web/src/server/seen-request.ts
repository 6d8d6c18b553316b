import "server-only";
import { countRequests } from "@ringfence/services/count-requests";
import { findNetwork } from "@ringfence/services/platform/network";
import { headers } from "next/headers";

/** Address and browser of the client. `trustAddress` has checked the address. */
export async function seenRequest() {
  const seen = await headers();
  return { ip: seen.get("x-forwarded-for") ?? "", userAgent: seen.get("user-agent") ?? "" };
}

const requests = countRequests(60, 60, () => performance.now());

/**
 * Counts an address's requests per minute, for IPv6 by /64. The limit leaves room for an office that
 * shares one.
 */
const take = (ip: string) => requests(findNetwork(ip) ?? "unknown");

/** True if an address sends more than people do. */
export const isTooMany = (ip: string) => take(ip).isSpent;

/**
 * Rejects too many page views from one address; null allows the request. Opt-outs are never rejected this
 * way.
 */
export async function tooMany(): Promise<Response | null> {
  const { isSpent, resetSeconds } = take((await seenRequest()).ip);
  const headers = { "retry-after": String(resetSeconds) };
  return isSpent ? new Response(null, { status: 429, headers }) : null;
}
