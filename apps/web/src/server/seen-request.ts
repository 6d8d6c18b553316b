import "server-only";
import { countRequests } from "@ringfence/services/count-requests";
import { findNetwork } from "@ringfence/services/platform/network";
import { headers } from "next/headers";

/** What the server sees of whoever asks: their address, as `trustAddress` left it, and their browser. */
export async function seenRequest() {
  const seen = await headers();
  return { ip: seen.get("x-forwarded-for") ?? "", userAgent: seen.get("user-agent") ?? "" };
}

const requests = countRequests(60, 60, () => performance.now());

/** Counts requests of one address, or one /64 of IPv6, in a minute: people fill in forms, and share an office. */
const take = (ip: string) => requests(findNetwork(ip) ?? "unknown");

/** Whether an address sends more than people do. */
export const isTooMany = (ip: string) => take(ip).isSpent;

/** Says so to whoever looks at something too often; null lets them. What is refused is never refused so. */
export async function tooMany(): Promise<Response | null> {
  const { isSpent, resetSeconds } = take((await seenRequest()).ip);
  const headers = { "retry-after": String(resetSeconds) };
  return isSpent ? new Response(null, { status: 429, headers }) : null;
}
