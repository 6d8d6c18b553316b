import { expect, it } from "vitest";
import { toBytes, toComparable, readFiles, readText } from "../../../../testing/registry-files.ts";

const read = (text: string, name?: string) =>
  toComparable(readText({ reader: "us-ported" }, text, name));

it("reads numbers that were ported to wireless, singly and in ranges", () => {
  expect(read("2125550100,0102\n2125559999|9999\n")).toMatchObject({
    added: [12_125_550_100, 12_125_550_101, 12_125_550_102, 12_125_559_999],
    lines: 2,
  });
  expect(read("2125550100\r\n", "WIRELINE-TO-WIRELESS-NORANGE.TXT")).toMatchObject({
    added: [12_125_550_100],
  });
});

/** The files of a day, by what the first word of their names is. */
const portedFiles = (files: Record<string, string>) =>
  toComparable(
    readFiles(
      { reader: "us-ported" },
      Object.fromEntries(
        Object.entries(files).map(([name, text]) => [`${name}.TXT`, [toBytes(text)]]),
      ),
    ),
  );
const toWireless = {
  "WIRELINE-TO-WIRELESS": "2125550100,0102\r\n",
  "WIRELINE-TO-WIRELESS-NORANGE": "2125550199\r\n",
};

it("lists no number that is wireline again, unless it was ported to wireless as well", () => {
  const toWireline = {
    "WIRELESS-TO-WIRELINE": "2125550102,0109\r\n",
    "WIRELESS-TO-WIRELINE-NORANGE": "2125550300\r\n",
  };
  const listed = [12_125_550_100, 12_125_550_101, 12_125_550_102, 12_125_550_199];
  expect(portedFiles({ ...toWireless, ...toWireline })).toMatchObject({
    kind: "full",
    added: listed,
    removed: [],
    lines: 4,
  });
  expect(portedFiles({ ...toWireline, ...toWireless })).toMatchObject({ added: listed });
  expect(portedFiles(toWireline)).toEqual({ refused: ["registry.fault.ported-away"] });
  const cut = { ...toWireless, "WIRELESS-TO-WIRELINE": "2125550102,0109\r\n2125550300,03" };
  expect(portedFiles(cut)).toEqual({ refused: ["registry.fault.cut-off"] });
});

it.each([
  ["2125550100,0099\n", "no-ported-number"],
  ["2125550100\n2125550100,01", "cut-off"],
])("rejects %j: %s", (text, fault) => {
  expect(read(text)).toEqual({ refused: [`registry.fault.${fault}`] });
});
