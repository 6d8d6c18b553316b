import { expect, it } from "vitest";
import { BLOCK_BYTES, addLine, compareBlocks, packLines } from "../index.ts";

const toBits = (...lines: number[]) => {
  const bits = new Uint8Array(BLOCK_BYTES);
  for (const line of lines) addLine(bits, line);
  return bits;
};

it("treats a missing block as empty", () => {
  expect(compareBlocks(undefined, toBits(0, 9_999))).toEqual({
    lines: [0, 9_999],
    added: 2,
    removed: 0,
  });
  expect(compareBlocks(toBits(7), undefined)).toEqual({ lines: [7], added: 0, removed: 1 });
  expect(compareBlocks(undefined, toBits())).toBeNull();
});

it("counts the bits of a byte from the lowest, as get_bit does", () => {
  expect(toBits(0, 3)[0]).toBe(0b1001);
  expect(toBits(9_999)[1_249]).toBe(0b1000_0000);
});

it("stores a line in two bytes, the higher one first", () => {
  expect([...packLines([1, 0x270f])]).toEqual([0, 1, 0x27, 0x0f]);
});
