import { expect, it } from "vitest";
import { sealPath } from "./seal";

const hash = "ef8b0a1d5ee3b5c7".padEnd(64, "0");

it("draws the same ring of 48 pickets only for the same hash", () => {
  expect(sealPath(hash).match(/M/g)).toHaveLength(48);
  expect(sealPath(hash)).toBe(sealPath(hash));
  expect(sealPath(hash)).not.toBe(sealPath(`ee${hash.slice(2)}`));
});

it("makes a picket longer the greater its byte", () => {
  expect(sealPath("00".repeat(32))).toMatch(/^M50\.0 2\.0L50\.0 7\.0M/);
  expect(sealPath("ef".repeat(32))).toMatch(/^M50\.0 2\.0L50\.0 34\.2M/);
  expect(sealPath("ff".repeat(32))).toMatch(/^M50\.0 2\.0L50\.0 36\.0M/);
});

it("uses only the first twelve bytes", () => {
  expect(sealPath(`${hash.slice(0, 24)}${"ab".repeat(20)}`)).toBe(sealPath(hash));
});
