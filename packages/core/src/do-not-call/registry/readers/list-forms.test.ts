import { expect, it } from "vitest";
import { readFiles, readText, toBytes, toComparable } from "../../../../testing/registry-files.ts";
import { hasNumber } from "../numbers/number-set.ts";
import { type ListFormKey, tableForms } from "../format.ts";
import { createEditionReader } from "./edition-reader.ts";

const read = (reader: ListFormKey, text: string, name?: string) =>
  toComparable(readText({ reader }, text, name));

const xml = (areas: string, level = "level='all' val=''") =>
  `<list type='full' ${level}>${areas}</list>`;
const toronto = "<ac val='416'><ph val='5550100' /><ph val='5550101' /></ac>";

it("reads the Canadian list as a table and as XML, with all area codes or one", () => {
  const whole = {
    kind: "full",
    added: [14_165_550_100, 14_165_550_101],
    removed: [],
    areas: [1_416],
    publishedOn: null,
    lines: 2,
    unreadable: 0,
  };
  expect(read("ca-dncl", "416,5550100\n416,5550101\n")).toEqual(whole);
  expect(read("ca-dncl", xml(toronto))).toEqual(whole);
  expect(read("ca-dncl", xml(toronto, "level='ac' val='416'"))).toEqual(whole);
});

it("reads the US list in XML, however it is spaced and quoted", () => {
  const text = `<?xml version="1.0" encoding="UTF-8"?>
    <list type="full" level="ac" val="818">
      <ac val="818"><ph val="5550100"/>\r\n<ph val='5550101' /></ac>
    </list>`;
  expect(read("us-dnc", text, "2026-8-5_818_A.xml")).toMatchObject({
    added: [18_185_550_100, 18_185_550_101],
    publishedOn: "2026-08-05",
    lines: 2,
  });
});

it("reads US changes in XML in the order of their times", () => {
  const text = `<list type='change' level='ac' val='818'><ac val='818'>
    <ph val='5550142' ts='2022-12-08T00:00:00' ch='A' />
    <ph val='5550142' ts='2022-12-07T02:21:40' ch='D' />
    <ph val='5550199' ts='2022-12-07T02:20:18' ch='D' /></ac></list>`;
  expect(read("us-dnc", text)).toMatchObject({
    kind: "change",
    added: [18_185_550_142],
    removed: [18_185_550_199],
    publishedOn: "2022-12-08",
  });
});

it("reads the British list with spaces and without, and its changes", () => {
  const numbers = [441_635_506_160, 447_860_338_653, 442_073_787_244].toSorted((a, b) => a - b);
  const spaced = "0207 3787244\r\n01635 506160\r\n07860 338653\r\n";
  expect(read("gb-tps", spaced)).toMatchObject({ kind: "full", added: numbers, lines: 3 });
  const padded = "02073787244 \r\n01635506160 \r\n07860338653\r\n";
  expect(read("gb-tps", padded)).toMatchObject({ kind: "full", added: numbers, lines: 3 });
  expect(read("gb-tps", "02073787244 ,A\r\n01635506160 ,D\r\n02073787244 ,D\r\n")).toMatchObject({
    kind: "change",
    added: [],
    removed: [441_635_506_160, 442_073_787_244],
  });
});

it("names the line of the file in which British changes follow a list", () => {
  const files = {
    "list.txt": [toBytes("0207 3787244\r\n01635 506160\r\n")],
    "changes.txt": [toBytes("07860338653 ,A\r\n")],
  };
  expect(readFiles({ reader: "gb-tps" }, files)).toMatchObject({
    faults: [{ key: "registry.fault.mixed", values: { file: "changes.txt", line: 1 } }],
  });
});

it("reads the Hong Kong list with dates and without", () => {
  const text = "21234567\r\n21234568,2026-08-05\n31234567,05/08/2026\n91234567,20260805\n";
  expect(read("hk-dnc", text)).toMatchObject({
    added: [85_221_234_567, 85_221_234_568, 85_231_234_567, 85_291_234_567],
  });
});

it("lists disconnected numbers, and removes the others", () => {
  const text = "2125550100,2025-03-14,no\n2125550101,11/2/24,yes\n2125550102,2020-05-05,no data\n";
  expect(read("us-rnd", text)).toMatchObject({
    kind: "change",
    added: [12_125_550_101],
    removed: [12_125_550_100, 12_125_550_102],
    lines: 3,
  });
});

/** Reads a Singapore result file and returns if the number is still listed. */
function listed(text: string, name?: string) {
  const edition = readText({ reader: "sg-dnc" }, text, name);
  if (edition.outcome === "refused") throw new Error(edition.faults[0]?.key);
  return (digits: number) => hasNumber(edition.edition.added, digits);
}

it("leaves free in Singapore only what a result says is free", () => {
  const answer = JSON.stringify({
    status_code: "S000",
    numbers: [
      { number: "81234567", no_voice_call: "R", no_text: "NR" },
      { number: "61234567", no_voice_call: "NR", no_text: "R" },
    ],
  });
  const [first, second] = ["NR", "R"].map((said) => ({ number: "81234567", no_voice_call: said }));
  const free = { number: "61234567", no_voice_call: "NR" };
  const twofold = JSON.stringify({ status_code: "S000", numbers: [first, free, second] });
  for (const isListed of [
    listed(answer),
    listed(twofold),
    listed("61234567\r\n", "20260805-Filtered Numbers.csv"),
  ]) {
    expect([6_561_234_567, 6_581_234_567, 6_531_234_567].map(isListed)).toEqual([
      false,
      true,
      true,
    ]);
  }
});

it("skips the files that come with a result of Singapore", () => {
  const reader = createEditionReader({ reader: "sg-dnc" }, () => 0);
  for (const [name, text] of [
    ["20260805 Summary.csv", "Total,2\n"],
    ["20260805 Filtered Numbers.csv", "61234567\n"],
    ["20260805 Rejected.csv", "Number,Error Code,Error Message\n"],
  ] as const) {
    const file = reader.open(name);
    file.push(new TextEncoder().encode(text));
    file.end();
  }
  expect(reader.close()).toMatchObject({ outcome: "read", edition: { lines: 1 } });
});

it("skips email addresses in a list of exclusions, and nothing else", () => {
  const mapping = tableForms.bitrix24.mapping("US");
  const readList = (text: string) => toComparable(readText({ reader: "csv", mapping }, text));
  expect(readList("8185550101;spam\nada@example.com;\n")).toMatchObject({
    added: [18_185_550_101],
    lines: 2,
    unreadable: 0,
  });
  expect(readList("8185550101;spam\nada;\n")).toEqual({ refused: ["registry.fault.no-number"] });
});

it.each<[ListFormKey, string, string, string?]>([
  ["ca-dncl", "", "empty"],
  ["ca-dncl", xml(""), "empty"],
  ["ca-dncl", xml(toronto).slice(0, -1), "cut-off"],
  ["ca-dncl", xml(toronto, "level='ac' val='905'"), "other-area"],
  ["us-dnc", xml(toronto), "other-area", "2026-8-5_818_A.xml"],
  ["us-dnc", "<Error><Code>AccessDenied</Code></Error>", "no-dnc-xml"],
  ["us-dnc", xml("<ac val='818'><ph val='555O100' /></ac>"), "no-dnc-xml"],
  ["us-dnc", xml("<ac val='818'><ph val='555010' /></ac>"), "no-dnc-xml"],
  ["us-dnc", xml("<ph val='5550100' />"), "no-dnc-xml"],
  ["us-dnc", xml(`${toronto}818`), "no-dnc-xml"],
  ["us-dnc", xml(toronto).replace("full", "change"), "no-dnc-xml"],
  ["us-dnc", `${xml(toronto)}<list>`, "no-dnc-xml"],
  ["gb-tps", "", "empty"],
  ["gb-tps", "0207 3787244\r\n0207 378724", "cut-off"],
  ["gb-tps", "02073787244 \r\n0207378724", "cut-off"],
  ["gb-tps", "0207 3787244\r\n2073 7872440\r\n", "no-gb-number"],
  ["gb-tps", "0207 3787244\r\n0207-3787244\r\n", "no-gb-number"],
  ["gb-tps", "0207 3787244\r\n02073787244 ,A\r\n", "mixed"],
  ["hk-dnc", "", "empty"],
  ["hk-dnc", "21234567\n2123456\n", "no-hk-number"],
  ["hk-dnc", "21234567\n11234567\n", "no-hk-number"],
  ["hk-dnc", "21234567\n21234568,2026-02-30\n", "no-hk-number"],
  ["hk-dnc", "21234567\n2123456", "cut-off"],
  ["us-rnd", "number,date,answer\n", "no-rnd-answer"],
  ["us-rnd", "2125550100,2025-02-30,no\n", "no-rnd-answer"],
  ["us-rnd", "2125550100,2025-03-14,no data\n2125550100,2025-03-14,no", "cut-off"],
  ["us-litigators", "{", "json"],
  ["us-litigators", "[]", "empty"],
  ["us-litigators", '{"error":"quota"}', "no-litigators"],
  ["us-litigators", '[{"PhoneNumber":"12","IsLitigator":true}]', "no-litigator"],
  ["sg-dnc", "61234567\n", "no-sg-result"],
  ["sg-dnc", "61234567\n51234567\n", "no-sg-number", "Filtered Numbers.csv"],
  ["sg-dnc", '{"errorTo":{"code":"S301"}}', "no-sg-answer"],
])("refuses of %s %j: %s", (reader, text, fault, name) => {
  expect(read(reader, text, name)).toEqual({ refused: [`registry.fault.${fault}`] });
});
