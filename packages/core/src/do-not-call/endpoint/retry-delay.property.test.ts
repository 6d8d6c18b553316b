import fc from "fast-check";
import { expect, it } from "vitest";
import { findRetryDelay } from "./retry-delay.ts";

const DAY = 86_400;

/** Lists the times of all attempts, in seconds after the first. */
function attemptsAt(askedSeconds: number | null) {
  const at = [0];
  for (let n = 1; ; n++) {
    const delay = findRetryDelay(n, askedSeconds);
    if (delay === null) return at;
    at.push((at.at(-1) ?? 0) + delay);
  }
}

it("retries within seconds, and for three days", () => {
  const at = attemptsAt(null);
  expect(at[1]).toBe(5);
  const last = at.at(-1) ?? 0;
  expect(last).toBeGreaterThan(2.9 * DAY);
  expect(last).toBeLessThan(3.1 * DAY);
});

it("never retries sooner than asked, nor sooner than it would have", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: DAY }), (n, asked) => {
      const [own, delay] = [findRetryDelay(n, null), findRetryDelay(n, asked)];
      expect(delay).toBe(own === null ? null : Math.max(own, asked));
    }),
  );
});

it("is not delayed for longer than a day", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), fc.integer({ min: DAY }), (n, asked) => {
      expect(findRetryDelay(n, asked)).toBe(DAY);
    }),
  );
});
