import { randomInt } from "node:crypto";
import { findNonce } from "@ringfence/core/opt-out";
import type { Visitor } from "../src/burst/note-refusal.ts";

/** An address that nobody else in a test has. */
export const anAddress = () =>
  `2001:db8:${[1, 2].map(() => randomInt(65_536).toString(16)).join(":")}::1`;

/** Somebody on a public page, without scripts. */
export const aVisitor = (address = anAddress()): Visitor => ({ address, work: null });

/** The same whose browser did the work that the page asks for. */
export function aWorkingVisitor(challenge: string | null, address = anAddress()): Visitor {
  if (challenge === null) throw new Error("the page asks for no work");
  for (let from = 0; ; from += 10_000) {
    const nonce = findNonce(challenge, from, 10_000);
    if (nonce !== null) return { address, work: { challenge, nonce } };
  }
}
