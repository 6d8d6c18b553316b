import { sha256 } from "@noble/hashes/sha2.js";

const encoder = new TextEncoder();

/**
 * True if SHA-256 of the challenge and the nonce begins with 16 zero bits, which takes some 65,000 tries. One
 * person does not notice the cost; a flood pays it for every opt-out.
 */
export function isWorkDone(challenge: string, nonce: string): boolean {
  const [first, second] = sha256(encoder.encode(`${challenge}:${nonce}`));
  return first === 0 && second === 0;
}

/** Tries `count` numbers from `from` on as nonces. Returns the first that fits, or null. */
export function findNonce(challenge: string, from: number, count: number): string | null {
  for (let nonce = from; nonce < from + count; nonce += 1) {
    if (isWorkDone(challenge, String(nonce))) return String(nonce);
  }
  return null;
}
