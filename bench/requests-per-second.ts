import type { Phone } from "@ringfence/core/people/phone";
import autocannon from "autocannon";

type Load = {
  origin: string;
  path: string;
  key?: string;
  phones?: readonly Phone[];
  /** Each asks when it has its answer. */
  connections: number;
};

const seconds = 5;

/** Answers a second; anything but a 200 is a failure of the measurement. */
export async function requestsPerSecond({
  origin,
  path,
  key,
  phones = [],
  connections,
}: Load): Promise<number> {
  // Each connection asks about numbers of its own, one after another.
  const ofConnection = Math.floor(phones.length / connections);
  let next = 0;
  const setupClient = (client: autocannon.Client) => {
    const own = phones.slice(next, (next += ofConnection));
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
