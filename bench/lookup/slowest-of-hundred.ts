import type { Phone } from "@ringfence/core/people/phone";

type Asking = {
  origin: string;
  key: string;
  phones: readonly Phone[];
  /** Screens one number after another until this returns true. */
  until: () => boolean;
};

/** The 99th percentile of single screenings over HTTP, in milliseconds. */
export async function slowestOfHundred({ origin, key, phones, until }: Asking): Promise<number> {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const took: number[] = [];
  for (let asked = 0; !until(); asked++) {
    const body = JSON.stringify({ phone: phones[asked % phones.length], purpose: "marketing" });
    const begun = performance.now();
    const answer = await fetch(`${origin}/v1/screenings`, { method: "POST", headers, body });
    await answer.arrayBuffer();
    took.push(performance.now() - begun);
    if (answer.status !== 200) throw new Error(`a screening was answered ${answer.status}`);
  }
  const sorted = took.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)] ?? 0;
}
