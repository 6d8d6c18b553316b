/** Of a hundred contacts, these are called whatever their chance is, so that holding back can be measured. */
export const HOLD_OUT_PERCENT = 5;

/**
 * Whether a contact belongs to the hold-out group, by a keyed hash of its id of at least 4 bytes: always
 * the same, and nobody without the key can tell.
 */
export function isHeldOut(hash: Uint8Array): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = hash;
  return (((a * 256 + b) * 256 + c) * 256 + d) / 2 ** 32 < HOLD_OUT_PERCENT / 100;
}
