import { hash, randomInt } from "node:crypto";
import type { Visitor } from "../src/do-not-call/burst/detect.ts";

/** Returns an address that no other test uses. */
export const anAddress = () =>
  `2001:db8:${[1, 2].map(() => randomInt(65_536).toString(16)).join(":")}::1`;

/** Creates a visitor of a public page without scripts. */
export const aVisitor = (address = anAddress()): Visitor => ({ address, work: null });

/** Creates a visitor who has solved the page's challenge, by Node's hash, which is faster than a browser's. */
export function aWorkingVisitor(challenge: string | null, address = anAddress()): Visitor {
  if (challenge === null) throw new Error("the page has no challenge");
  for (let tried = 0; ; tried += 1) {
    const nonce = String(tried);
    // Sixteen zero bits.
    if (hash("sha256", `${challenge}:${nonce}`).startsWith("0000")) {
      return { address, work: { challenge, nonce } };
    }
  }
}
