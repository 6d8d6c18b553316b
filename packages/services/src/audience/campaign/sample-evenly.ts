/** Picks at most `most` of a list, spread evenly over it. */
export const sampleEvenly = <T>(all: readonly T[], most: number): T[] =>
  all.filter((_, index) => index % Math.max(1, Math.ceil(all.length / most)) === 0);
