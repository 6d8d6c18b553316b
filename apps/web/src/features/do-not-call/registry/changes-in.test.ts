import type { ConnectRegistry } from "@ringfence/core/do-not-call/registry";
import { expect, it } from "vitest";
import { changesIn } from "./changes-in";
import { plainMapping } from "./registry-draft";

const before: ConnectRegistry = {
  code: "partner",
  name: "Partner",
  source: { kind: "folder", path: "partner" },
  format: { reader: "csv", mapping: plainMapping("US") },
  maxAgeDays: 7,
  maxShrinkShare: 0.02,
};

it("is nothing when nothing was changed, in whatever order things stand", () => {
  const { kind, ...mapping } = plainMapping("US");
  const same = { ...before, format: { mapping: { ...mapping, kind }, reader: "csv" } } as const;
  expect(changesIn(before, same as ConnectRegistry)).toEqual({});
});

it("is what was changed, and nothing else", () => {
  const source = { kind: "http", url: "https://registry.example/all.csv" } as const;
  expect(changesIn(before, { ...before, source, maxAgeDays: 8 })).toEqual({
    source,
    maxAgeDays: 8,
  });
});

it("minds the order of columns", () => {
  const now = { ...before };
  now.format = { reader: "csv", mapping: { ...plainMapping("US"), phoneColumns: [2, 1] } };
  const then = { ...before };
  then.format = { reader: "csv", mapping: { ...plainMapping("US"), phoneColumns: [1, 2] } };
  expect(changesIn(then, now)).toEqual({ format: now.format });
});
