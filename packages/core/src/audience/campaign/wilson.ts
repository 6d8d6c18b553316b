import { z } from "zod";

/** A share of people, with the interval in which the true one lies 95 times in 100. */
export const Share = z.object({ count: z.int(), of: z.int(), low: z.number(), high: z.number() });
export type Share = z.infer<typeof Share>;

/** Of a normal distribution, 95 % lie within so many standard deviations. */
export const Z_95 = 1.959_963_984_540_054;

/**
 * The score interval of Wilson (1927) for `count` of `of`, which holds for few and for none as well.
 * Of nobody nothing is known: 0 to 1.
 */
export function wilson(count: number, of: number): Share {
  if (of === 0) return { count, of, low: 0, high: 1 };
  const share = count / of;
  const weight = 1 + Z_95 ** 2 / of;
  const middle = (share + Z_95 ** 2 / (2 * of)) / weight;
  const half = (Z_95 / weight) * Math.sqrt((share * (1 - share)) / of + Z_95 ** 2 / (4 * of ** 2));
  return { count, of, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** By how much one share is greater than another, with 95 % (Newcombe, Statistics in Medicine 1998, method 10). */
export function differenceOf(one: Share, other: Share): { low: number; high: number } {
  if (one.of === 0 || other.of === 0) return { low: -1, high: 1 };
  const [p, q] = [one.count / one.of, other.count / other.of];
  return {
    low: p - q - Math.hypot(p - one.low, other.high - q),
    high: p - q + Math.hypot(one.high - p, q - other.low),
  };
}
