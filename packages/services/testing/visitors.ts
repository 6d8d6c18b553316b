import { randomInt } from "node:crypto";
import { findNonce } from "@ringfence/core/do-not-call/burst";
import type { Visitor } from "../src/do-not-call/burst/detect.ts";

/** Returns an address that no other test uses. */
export const anAddress = () =>
  `2001:db8:${[1, 2].map(() => randomInt(65_536).toString(16)).join(":")}::1`;

/** Creates a visitor of a public page without scripts. */
export const aVisitor = (address = anAddress()): Visitor => ({ address, work: null });

/** Creates a visitor whose browser has solved the page's challenge. */
export function aWorkingVisitor(challenge: string | null, address = anAddress()): Visitor {
  if (challenge === null) throw new Error("the page has no challenge");
  for (let from = 0; ; from += 10_000) {
    const nonce = findNonce(challenge, from, 10_000);
    if (nonce !== null) return { address, work: { challenge, nonce } };
  }
}
