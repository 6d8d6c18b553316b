import { tableForms } from "@ringfence/core/do-not-call/registry";
import { expect, it } from "vitest";
import { formChoices, findFormKey, findMark, listPartMarks } from "./format-words";

it("names a table by the format that filled it in, until it is changed", () => {
  const mapping = tableForms.livevox.mapping("US");
  expect(findFormKey({ reader: "csv", mapping })).toBe("livevox");
  expect(findFormKey({ reader: "csv", mapping: { ...mapping, hasHeader: false } })).toBe("table");
  expect(findFormKey({ reader: "csv", mapping: { ...mapping, phoneColumns: [] } })).toBe("table");
  expect(findFormKey({ reader: "gb-tps" })).toBe("gb-tps");
});

it("has evidence for every format except an organization's own table", () => {
  expect(formChoices.filter((key) => findMark(key) === null)).toEqual(["table"]);
  expect(formChoices.filter((key) => findMark(key) === "assumed")).toEqual([
    "sg-dnc",
    "ru-refused",
  ]);
  expect(formChoices).not.toContain("us-rnd");
});

it("names the parts of a format that the publisher does not describe", () => {
  const marked = formChoices.flatMap((key) =>
    listPartMarks(key).map(({ part, mark }) => [key, part, mark].join(" ")),
  );
  expect(marked).toEqual([
    "us-dnc flat-changes seen",
    "us-dnc xml-changes assumed",
    "ca-dncl changes assumed",
    "gb-tps updates assumed",
    "hk-dnc dates assumed",
  ]);
});
