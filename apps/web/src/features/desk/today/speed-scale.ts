const WIDTH = 288;
const MARGIN = 22;
/** A tick of a millisecond, ten, a hundred, …; so that what is fast has room. */
const FIRST = 1;

/**
 * Where durations (in milliseconds) stand on a scale of powers of ten that reaches one second at least,
 * and the slowest. What is faster than a millisecond stands at its start.
 */
export function placesOf(worst: number) {
  const last = Math.max(1_000, 10 ** Math.ceil(Math.log10(Math.max(worst, 1))));
  const decades = Math.log10(last / FIRST);
  const step = Math.max(1, Math.ceil(decades / 4));
  const [, ...more] = Array.from(
    { length: Math.floor(decades / step) + 1 },
    (_, n) => FIRST * 10 ** (n * step),
  );
  const placeOf = (ms: number) => {
    const share = Math.log10(Math.max(ms, FIRST) / FIRST) / decades;
    return Math.round((MARGIN + share * (WIDTH - 2 * MARGIN)) * 10) / 10;
  };
  const ticks: [number, ...number[]] = [FIRST, ...more];
  return { ticks, placeOf, width: WIDTH };
}
