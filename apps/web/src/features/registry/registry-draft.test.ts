import { expect, it } from "vitest";
import { formatOf, plainMapping, type RegistryDraft, readDraft } from "./registry-draft";

const flag = { column: "", added: [], removed: [] };
const aDelta = { ...plainMapping("US"), kind: "delta", flag, mayBeEmpty: false } as const;

const draft: RegistryDraft = {
  code: "partner",
  name: "Partner",
  source: { kind: "folder", path: "partner" },
  format: { reader: "csv", mapping: plainMapping("US") },
  maxAgeDays: 7,
  maxShrinkShare: 0.02,
};

it("is a registry when nothing is wrong", () => {
  expect(readDraft(draft)).toEqual({ registry: draft });
});

it.each<[string, Partial<RegistryDraft>]>([
  ["code", { code: "two words" }],
  ["name", { name: " " }],
  ["url", { source: { kind: "http", url: "ftp://registry.example" } }],
  ["path", { source: { kind: "folder", path: "" } }],
  [
    "phoneColumns",
    { format: { reader: "csv", mapping: { ...plainMapping("US"), phoneColumns: [] } } },
  ],
  ["flag", { format: { reader: "csv", mapping: aDelta } }],
  [
    "maxUnreadableShare",
    { format: { reader: "csv", mapping: { ...plainMapping("US"), maxUnreadableShare: 0.2 } } },
  ],
  ["maxAgeDays", { maxAgeDays: Number.NaN }],
  ["maxShrinkShare", { maxShrinkShare: 2 }],
])("says that %s is wrong", (fault, spoiled) => {
  expect(readDraft({ ...draft, ...spoiled })).toEqual({ faults: [fault] });
});

it("knows the forms of public lists", () => {
  expect(formatOf("US-FTC-DNC", "US")).toEqual({ reader: "us-dnc" });
  expect(formatOf("GB-CTPS", "GB")).toEqual({ reader: "gb-tps" });
  expect(formatOf("ES-ROBINSON", "ES")).toMatchObject({ reader: "csv", mapping: { region: "ES" } });
});
