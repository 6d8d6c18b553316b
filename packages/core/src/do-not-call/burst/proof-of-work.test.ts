import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { findNonce, isWorkDone } from "./proof-of-work.ts";

function work(challenge: string) {
  for (let from = 0; ; from += 1_000) {
    const nonce = findNonce(challenge, from, 1_000);
    if (nonce !== null) return nonce;
  }
}

it("finds a nonce whose hash begins with 16 zero bits", () => {
  const nonce = work("abc");
  const hash = createHash("sha256").update(`abc:${nonce}`).digest("hex");
  expect(hash).toMatch(/^0000/);
  expect(isWorkDone("abc", nonce)).toBe(true);
});

it("accepts a nonce only for its own challenge, and not an empty one", () => {
  expect(isWorkDone("abd", work("abc"))).toBe(false);
  expect(isWorkDone("abc", "")).toBe(false);
});

it("returns null when it tries no nonce", () => {
  expect(findNonce("abc", 0, 0)).toBeNull();
});
