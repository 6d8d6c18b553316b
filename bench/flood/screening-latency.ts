import type { Phone } from "@ringfence/core/people/phone";
import autocannon from "autocannon";

export type Latency = { average: number; p50: number; p99: number; worst: number };

const SECONDS = 5;
const CALLERS = 8;

/** Measures how long single screenings take, in milliseconds. Throws on any answer but a verdict. */
export async function measureScreeningLatency(
  origin: string,
  key: string,
  phones: readonly Phone[],
): Promise<Latency> {
  const { latency, non2xx, errors, timeouts } = await autocannon({
    url: `${origin}/v1/screenings`,
    connections: CALLERS,
    duration: SECONDS,
    requests: phones.map((phone) => ({
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ phone, purpose: "marketing" }),
    })),
  });
  if (non2xx + errors + timeouts > 0) {
    throw new Error(`${non2xx} refused, ${errors} errors, ${timeouts} timeouts`);
  }
  const { average, p50, p99, max: worst } = latency;
  return { average, p50, p99, worst };
}
