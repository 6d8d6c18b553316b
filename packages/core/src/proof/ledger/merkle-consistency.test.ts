import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { expect, it } from "vitest";
import { hashLeaf, headOf, rootOf } from "./merkle.ts";
import { growthRanges, isGrown } from "./merkle-consistency.ts";

/** The entries that implementations of Certificate Transparency test themselves with. */
const leaves = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map((entry) => hashLeaf(hexToBytes(entry)));

const proofOf = (size: number, newSize: number) =>
  growthRanges(size, newSize).map(([begin, end]) => rootOf(leaves.slice(begin, end)));

it.each([
  [
    1,
    8,
    [
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
  ],
  [
    6,
    8,
    [
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
  ],
  [
    2,
    5,
    [
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
  ],
])("agrees with other implementations on the growth from %i to %i", (size, newSize, proof) => {
  expect(proofOf(size, newSize).map(bytesToHex)).toEqual(proof);
});

it("takes no log for one that was longer before", () => {
  const [three, five] = [headOf(leaves.slice(0, 3)), headOf(leaves.slice(0, 5))];
  expect(isGrown(three, five, proofOf(3, 5))).toBe(true);
  expect(isGrown(five, three, proofOf(3, 5))).toBe(false);
  expect(() => growthRanges(5, 3)).toThrow(RangeError);
});

it("takes no other log of the same size for the same", () => {
  const [one, other] = [headOf(leaves.slice(0, 3)), headOf(leaves.slice(1, 4))];
  expect(isGrown(one, one, [])).toBe(true);
  expect(isGrown(one, other, [])).toBe(false);
});

it("takes nothing for an empty log but an empty one", () => {
  const [none, three] = [headOf([]), headOf(leaves.slice(0, 3))];
  expect(isGrown(none, three, [])).toBe(true);
  expect(isGrown({ ...none, root: three.root }, three, [])).toBe(false);
});
