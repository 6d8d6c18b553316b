import { createEditionReader, hasNumber } from "@ringfence/core/do-not-call/registry";
import { expect, it } from "vitest";
import { makeDncFile, makeZippedDncFile } from "./dnc-file.ts";

const wishes = {
  areaCode: 818,
  count: 5_000,
  seed: 7,
  publishedOn: "2026-08-05",
  including: ["+18185550100"],
};

it("makes a full list that the reader of the registry understands", () => {
  const { name, bytes } = makeDncFile(wishes);
  const reader = createEditionReader({ reader: "us-dnc" }, () => 0);
  const file = reader.open(name);
  file.push(bytes);
  file.end();

  const read = reader.close();
  if (read.outcome === "refused") throw new Error(read.faults[0]?.key);
  expect(read.edition).toMatchObject({ lines: 5_000, areas: [1_818], publishedOn: "2026-08-05" });
  expect(hasNumber(read.edition.added, 18_185_550_100)).toBe(true);
});

it("names the file as the registry does, and makes the same list from the same options", () => {
  expect(makeDncFile(wishes)).toEqual(makeDncFile(wishes));
  expect(makeDncFile(wishes).name).toMatch(
    /^2026-8-5_818_[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\.txt$/,
  );
});

it("zips it under its name, with the same bytes every time", () => {
  const { name, bytes } = makeZippedDncFile(wishes);
  expect(name).toBe(`${makeDncFile(wishes).name}.zip`);
  expect(bytes).toEqual(makeZippedDncFile(wishes).bytes);
  expect(bytes.length).toBeLessThan(makeDncFile(wishes).bytes.length / 2);
});
