import { sha256 } from "@noble/hashes/sha2.js";

const encoder = new TextEncoder();

/**
 * Whether work was done for a challenge: SHA-256 of both begins with 16 zero bits, some 65,000 tries. It
 * costs a person nothing, and a flood as much for every refusal.
 */
export function isWorkDone(challenge: string, nonce: string): boolean {
  const [first, second] = sha256(encoder.encode(`${challenge}:${nonce}`));
  return first === 0 && second === 0;
}

/** Does a part of the work: the nonce, where it is among `count` from `from` on. */
export function findNonce(challenge: string, from: number, count: number): string | null {
  for (let tried = from; tried < from + count; tried += 1) {
    if (isWorkDone(challenge, String(tried))) return String(tried);
  }
  return null;
}
