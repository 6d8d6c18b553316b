import { lookUpPlan, readPhoneBytes } from "@ringfence/core/people/phone";
import { BLOCK_SIZE } from "@ringfence/core/do-not-call/registry";
import { usNumbers } from "./us-numbers.ts";

/** The area codes of the United States that can be called. */
const areaCodes = Array.from({ length: 800 }, (_, n) => 200 + n).filter((code) => {
  const digits = 10_000_000_000 + code * 10_000_000 + 2_345_678;
  return (
    isPhone(digits) && lookUpPlan(digits).country === "US" && lookUpPlan(digits).regions.length > 0
  );
});

function isPhone(digits: number): boolean {
  const text = Buffer.from(`+${digits}`);
  return readPhoneBytes(text, 0, text.length, "US") === digits;
}

/** Yields about `count` distinct US numbers, as E.164 digits in order. */
export function* usPhones(count: number, seed: number): Generator<number> {
  for (const { block, lines } of usBlocks(count, seed)) {
    for (const line of lines) yield block * BLOCK_SIZE + line;
  }
}

/** Yields the same numbers, block by block. */
export function* usBlocks(count: number, seed: number) {
  for (const { areaCode, exchange, lines } of usNumbers({ count, seed, areaCodes })) {
    yield { block: 1_000_000 + areaCode * 1_000 + exchange, lines };
  }
}
