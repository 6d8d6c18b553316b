/** Share of contacts who are called whatever their chance, to measure the effect of holding back. */
export const HOLD_OUT_PERCENT = 5;

/**
 * True if a contact belongs to the hold-out group, by a keyed hash of its ID (at least 4 bytes). Always the
 * same for a contact, and unpredictable without the key.
 */
export function isHeldOut(hash: Uint8Array): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = hash;
  return (((a * 256 + b) * 256 + c) * 256 + d) / 2 ** 32 < HOLD_OUT_PERCENT / 100;
}
