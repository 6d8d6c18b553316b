import { tableForms } from "@ringfence/core/do-not-call/registry";
import { expect, it } from "vitest";
import { formChoices, findFormKey, findMark, listPartMarks } from "./format-words";

it("names a table by the form that filled it in, until it is changed", () => {
  const mapping = tableForms.livevox.mapping("US");
  expect(findFormKey({ reader: "csv", mapping })).toBe("livevox");
  expect(findFormKey({ reader: "csv", mapping: { ...mapping, hasHeader: false } })).toBe("table");
  expect(findFormKey({ reader: "csv", mapping: { ...mapping, phoneColumns: [] } })).toBe("table");
  expect(findFormKey({ reader: "gb-tps" })).toBe("gb-tps");
});

it("says of every form but a table of one's own who says that it is so", () => {
  expect(formChoices.filter((key) => findMark(key) === null)).toEqual(["table"]);
  expect(formChoices.filter((key) => findMark(key) === "assumed")).toEqual([
    "sg-dnc",
    "ru-refused",
  ]);
  expect(formChoices).not.toContain("us-rnd");
});

it("says of parts of a form where the publisher does not describe them", () => {
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
