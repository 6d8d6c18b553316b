import { expect, it } from "vitest";
import {
  toBytes,
  toComparable,
  readFiles,
  readText,
  usDnc,
} from "../../../../testing/registry-files.ts";

const read = (text: string, name?: string) => toComparable(readText(usDnc, text, name));

it("reads a full list, sorted or not, and a repeated line once", () => {
  expect(read("818,5550101\n818,5550100\n213,5550100\n818,5550101\n")).toEqual({
    kind: "full",
    added: [12_135_550_100, 18_185_550_100, 18_185_550_101],
    removed: [],
    areas: [1_213, 1_818],
    publishedOn: null,
    lines: 4,
    unreadable: 0,
  });
});

it("reads both forms of a number, both line ends, and a last line without one", () => {
  expect(read("818,5550100\r\n8185550101\n818,5550102")).toMatchObject({
    added: [18_185_550_100, 18_185_550_101, 18_185_550_102],
  });
});

it("applies changes in the order of their times", () => {
  const changes = [
    "8185550199,2022-12-07T02:20:18,A",
    "818,5550142,2022-12-07T02:21:40,D",
    "8185550142,2022-12-08T00:00:00,A",
    "8185550199,2022-12-06T23:59:59.5,D",
  ];
  expect(read(`${changes.join("\n")}\n`)).toMatchObject({
    kind: "change",
    added: [18_185_550_142, 18_185_550_199],
    removed: [],
    publishedOn: "2022-12-08",
  });
});

it("takes the oldest date in the names of full lists", () => {
  const edition = readFiles(usDnc, {
    "2026-8-5_818_ABC123.txt": [toBytes("818,5550100\n")],
    "2026-08-04_213_ABC124.txt": [toBytes("213,5550100\n")],
  });
  expect(toComparable(edition)).toMatchObject({ publishedOn: "2026-08-04", areas: [1_213, 1_818] });
});

it.each([
  ["", "registry.fault.empty"],
  ["html>\n", "registry.fault.no-us-number"],
  ["<html>\n", "registry.fault.web-page"],
  ["\n <!DOCTYPE html>\n", "registry.fault.web-page"],
  ["818,5550100\n\n", "registry.fault.no-us-number"],
  ["818,5550100\n118,5550100\n", "registry.fault.no-us-number"],
  ["818,5550100\n818;5550101\n", "registry.fault.no-us-number"],
  ["818,5550100\n818,55501011\n", "registry.fault.no-us-number"],
  [`818,5550100\n${"8".repeat(100)}\n`, "registry.fault.no-us-number"],
  ["\uFEFF818,5550100\n", "registry.fault.no-us-number"],
  ["818,5550100\n818,55501", "registry.fault.cut-off"],
  ["818,5550100\n8185550142,2022-12-07T02:21:40,D\n", "registry.fault.mixed"],
  [`818,5550100\n${"\0".repeat(7)}0100\n`, "registry.fault.no-us-number"],
  ["8185550142,2022-12-07T02:21:40,D\n818,5550100\n", "registry.fault.mixed"],
  [
    "8185550142,2022-12-07T02:21:40,D\n8185550142,2022-02-30T02:21:40,D\n",
    "registry.fault.no-us-change",
  ],
  [
    "8185550142,2022-12-07T02:21:40,D\n8185550142,2022-12-07T02:21:40,X\n",
    "registry.fault.no-us-change",
  ],
  ["8185550142,2022-12-07T02:21:40,D\n8185550142,2022-12-0", "registry.fault.cut-off"],
])("refuses %j: %s", (text, fault) => {
  expect(read(text)).toEqual({ refused: [fault] });
});

it("rejects a full list named for another area code", () => {
  expect(read("818,5550100\n213,5550100\n", "2026-8-5_818_A.txt")).toEqual({
    refused: ["registry.fault.other-area"],
  });
});

it("says in which line reading stopped", () => {
  const { faults } = readText(usDnc, "818,5550100\n818,5550101\n818,555O102\n", "a.txt") as {
    faults: unknown;
  };
  expect(faults).toEqual([
    { key: "registry.fault.no-us-number", values: { file: "a.txt", line: 3 } },
  ]);
});
