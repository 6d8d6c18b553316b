import type { Phone } from "@ringfence/core/people/phone";

type Screenings = {
  origin: string;
  key: string;
  phones: readonly Phone[];
  /** Screens one number after another until this returns true. */
  until: () => boolean;
};

/** Measures the 99th percentile of single screenings over HTTP, in milliseconds. */
export async function measureP99Latency({
  origin,
  key,
  phones,
  until,
}: Screenings): Promise<number> {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const latencies: number[] = [];
  for (let index = 0; !until(); index++) {
    const body = JSON.stringify({ phone: phones[index % phones.length], purpose: "marketing" });
    const startedAt = performance.now();
    const answer = await fetch(`${origin}/v1/screenings`, { method: "POST", headers, body });
    await answer.arrayBuffer();
    latencies.push(performance.now() - startedAt);
    if (answer.status !== 200) throw new Error(`a screening was answered ${answer.status}`);
  }
  const sorted = latencies.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)] ?? 0;
}
