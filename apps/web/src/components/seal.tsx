const PICKETS = 48;

/**
 * A ring of 48 pickets whose lengths are the first 12 bytes of a hash, repeated four times, so that equal
 * proofs have equal rings. It is only an aid to the eye: the verifier decides. `hash` is hexadecimal.
 */
export const Seal = ({ hash, size = 52 }: { hash: string; size?: number }) => (
  <svg
    aria-hidden
    className="seal"
    width={size}
    height={size}
    viewBox="0 0 100 100"
    stroke="currentColor"
    strokeWidth="2"
  >
    <path d={sealPath(hash)} />
  </svg>
);

/** Draws picket k of 48 at the angle k/48, from radius 48 to 43 − 29 · byte[k mod 12] / 255. */
export function sealPath(hash: string): string {
  const bytes = (hash.match(/../g) ?? []).slice(0, 12).map((pair) => Number.parseInt(pair, 16));
  return Array.from({ length: PICKETS }, (_, k) => {
    const angle = (k / PICKETS) * 2 * Math.PI;
    const inner = 43 - (29 * (bytes[k % 12] ?? 0)) / 255;
    return `M${pointAt(angle, 48)}L${pointAt(angle, inner)}`;
  }).join("");
}

/** Point on a circle, clockwise from the top. */
const pointAt = (angle: number, radius: number) =>
  `${(50 + radius * Math.sin(angle)).toFixed(1)} ${(50 - radius * Math.cos(angle)).toFixed(1)}`;
