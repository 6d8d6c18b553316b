/** A measured ratio, its target, and whether it is met (contract 13). */
export type Ratio = { name: string; value: number; target: number; ok: boolean };

export type Report = {
  bench: string;
  /** Description of the data. */
  data: string;
  ratios: Ratio[];
  notes: string[];
};

export type Bench = { name: string; run: (options: BenchOptions) => Promise<Report> };

export type BenchOptions = {
  /** Share of the data that the targets name; 1 is all of it. */
  scale: number;
  rounds: number;
  /** Folder of a benchmark's database, kept between runs. */
  folder: string;
  /** Another checkout, installed and generated, whose code is measured in turns with ours; only `refusal` takes one. */
  against?: string | undefined;
  say: (text: string) => void;
};

/** A ratio that must be at least its target. */
export const atLeast = (name: string, value: number, target: number): Ratio => ({
  name,
  value: Math.round(value * 1_000) / 1_000,
  target,
  ok: value >= target,
});

/** A figure that must be at most its target. */
export const atMost = (name: string, value: number, target: number): Ratio => ({
  name,
  value: Math.round(value * 1_000) / 1_000,
  target,
  ok: value <= target,
});

/** The median; between two middle values, their mean. */
export function median(values: readonly number[] = []): number {
  const sorted = values.toSorted((a, b) => a - b);
  const above = sorted[Math.floor(sorted.length / 2)];
  const below = sorted[Math.floor((sorted.length - 1) / 2)];
  if (above === undefined || below === undefined) throw new Error("no rounds");
  return (above + below) / 2;
}

/** Duration of some work, in milliseconds. */
export async function measureMs(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
