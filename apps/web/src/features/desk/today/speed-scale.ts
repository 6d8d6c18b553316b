const WIDTH = 288;
const MARGIN = 22;
/** The first tick is a millisecond. The scale is logarithmic, so that fast values have room. */
const FIRST = 1;

/**
 * Creates a logarithmic scale for durations in milliseconds. It reaches one second or the slowest value.
 * Values below a millisecond are at its start.
 */
export function toScale(worst: number) {
  const last = Math.max(1_000, 10 ** Math.ceil(Math.log10(Math.max(worst, 1))));
  const decades = Math.log10(last / FIRST);
  const step = Math.max(1, Math.ceil(decades / 4));
  const [, ...more] = Array.from(
    { length: Math.floor(decades / step) + 1 },
    (_, n) => FIRST * 10 ** (n * step),
  );
  const toX = (ms: number) => {
    const share = Math.log10(Math.max(ms, FIRST) / FIRST) / decades;
    return Math.round((MARGIN + share * (WIDTH - 2 * MARGIN)) * 10) / 10;
  };
  const ticks: [number, ...number[]] = [FIRST, ...more];
  return { ticks, toX, width: WIDTH };
}
