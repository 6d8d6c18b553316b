import { hash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { script } from "./generated/script.ts";

it("is at most 6 kB to send, stands alone, and needs no leave for what a strict policy forbids", () => {
  expect(gzipSync(script.code).length).toBeLessThanOrEqual(6_000);
  expect(script.code).not.toMatch(
    /\bimport\b|\brequire\(|\beval\(|new Function|innerHTML|\.style\b/,
  );
});

it("is what its hash says", () => {
  expect(script.integrity).toBe(`sha384-${hash("sha384", script.code, "base64")}`);
});
