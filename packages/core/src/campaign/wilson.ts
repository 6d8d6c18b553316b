import { z } from "zod";

/** A share of people, with the interval in which the true one lies 95 times in 100. */
export const Share = z.object({ count: z.int(), of: z.int(), low: z.number(), high: z.number() });
export type Share = z.infer<typeof Share>;

/** Of the normal distribution, for 95 %. */
const Z = 1.959_963_984_540_054;

/**
 * The score interval of Wilson (1927) for `count` of `of`, which holds for few and for none as well.
 * Of nobody nothing is known: 0 to 1.
 */
export function wilson(count: number, of: number): Share {
  if (of === 0) return { count, of, low: 0, high: 1 };
  const share = count / of;
  const weight = 1 + Z ** 2 / of;
  const middle = (share + Z ** 2 / (2 * of)) / weight;
  const half = (Z / weight) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  return { count, of, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
