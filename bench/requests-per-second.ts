import type { Phone } from "@ringfence/core/people/phone";
import autocannon from "autocannon";

type Load = {
  origin: string;
  path: string;
  key?: string;
  phones?: readonly Phone[];
  /** Number of connections, each of which sends its next request after its answer. */
  connections: number;
};

const seconds = 5;

/** Answers per second; any answer but 200 fails the measurement. */
export async function measureRequestsPerSecond({
  origin,
  path,
  key,
  phones = [],
  connections,
}: Load): Promise<number> {
  // Each connection screens its own numbers, one after another.
  const perConnection = Math.floor(phones.length / connections);
  let next = 0;
  const setupClient = (client: autocannon.Client) => {
    const own = phones.slice(next, (next += perConnection));
    client.setRequests(
      own.map((phone) => ({
        method: "POST",
        path,
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify({ phone, purpose: "marketing" }),
      })),
    );
  };
  const { requests, non2xx, errors, timeouts } = await autocannon({
    url: origin + path,
    connections,
    duration: seconds,
    ...(phones.length > 0 && { setupClient }),
  });
  if (non2xx + errors + timeouts > 0) {
    throw new Error(`${path}: ${non2xx} refused, ${errors} errors, ${timeouts} timeouts`);
  }
  return Math.round(requests.average);
}
