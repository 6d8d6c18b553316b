import { z } from "zod";

/** A share with its 95% confidence interval. */
export const EstimatedShare = z.object({
  count: z.int(),
  of: z.int(),
  low: z.number(),
  high: z.number(),
});
export type EstimatedShare = z.infer<typeof EstimatedShare>;

/** 95% of a normal distribution lie within this many standard deviations. */
export const Z_95 = 1.959_963_984_540_054;

/**
 * Estimates a share with the Wilson score interval (1927), which also holds for small samples and zero
 * counts. Without any data: 0 to 1.
 */
export function estimateShare(count: number, of: number): EstimatedShare {
  if (of === 0) return { count, of, low: 0, high: 1 };
  const share = count / of;
  const weight = 1 + Z_95 ** 2 / of;
  const middle = (share + Z_95 ** 2 / (2 * of)) / weight;
  const half = (Z_95 / weight) * Math.sqrt((share * (1 - share)) / of + Z_95 ** 2 / (4 * of ** 2));
  return { count, of, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/**
 * Estimates by how much one share exceeds another, at 95% (Newcombe, Statistics in Medicine 1998, method
 * 10).
 */
export function estimateDifference(
  one: EstimatedShare,
  other: EstimatedShare,
): { low: number; high: number } {
  if (one.of === 0 || other.of === 0) return { low: -1, high: 1 };
  const [p, q] = [one.count / one.of, other.count / other.of];
  return {
    low: p - q - Math.hypot(p - one.low, other.high - q),
    high: p - q + Math.hypot(one.high - p, q - other.low),
  };
}
