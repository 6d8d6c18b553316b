import { expect, it } from "vitest";
import {
  toBytes,
  csv,
  type PartialMapping,
  toComparable,
  readFiles,
  readText,
} from "../../../../testing/registry-files.ts";

const read = (text: string, mapping: PartialMapping = {}) =>
  toComparable(readText(csv(mapping), text));

const named: PartialMapping = { hasHeader: true, phoneColumns: ["phone"] };
const flag = { column: 2, added: ["A", "да"], removed: ["D"] };
const delta: PartialMapping = { kind: "delta", flag, mayBeEmpty: false };

it("reads a column by its position, whatever else is in the line", () => {
  expect(read("x;8185550101;Ada\ny; +79161234567 ;\n", { phoneColumns: [2] })).toEqual({
    kind: "full",
    added: [18_185_550_101, 79_161_234_567],
    removed: [],
    areas: [],
    publishedOn: null,
    lines: 2,
    unreadable: 0,
  });
});

it.each([",", ";", "\t", "|"] as const)(
  "reads columns by their names, split by %j",
  (delimiter) => {
    const rows = [
      ["note", '"phone"', "work"],
      ['"a ""b"" c"', '"8185550101"', "8185550102"],
      [`"${delimiter}"`, "8185550103", ""],
    ];
    const text = rows.map((fields) => `${fields.join(delimiter)}\r\n`).join("");
    expect(read(text, { ...named, delimiter, phoneColumns: ["phone", "work"] })).toMatchObject({
      added: [18_185_550_101, 18_185_550_102, 18_185_550_103],
    });
  },
);

it("keeps a line end within a quoted field, and counts the lines of the file", () => {
  const { faults } = readText(csv(named), 'phone;note\n8185550101;"one\ntwo"\n818;x\n') as never;
  expect(faults).toEqual([
    { key: "registry.fault.no-number", values: { file: "list.txt", line: 4, column: "phone" } },
  ]);
});

it("reads two quotation marks within a quoted field as one", () => {
  const text = '"the ""phone"""\n8185550101\n';
  expect(read(text, { ...named, phoneColumns: ['the "phone"'] })).toMatchObject({ lines: 1 });
});

it("requires a number in at least one phone column", () => {
  const mapping = { ...named, phoneColumns: ["phone", "work"] };
  expect(read("phone;work\n;8185550103\n", mapping)).toMatchObject({ added: [18_185_550_103] });
  expect(read("phone;work\n8185550101;\n;\n", mapping)).toHaveProperty("refused");
});

it("leaves out what a snapshot marks as removed", () => {
  expect(read("8185550101;A\n8185550102;D\n8185550103;да\n", { flag })).toMatchObject({
    kind: "full",
    added: [18_185_550_101, 18_185_550_103],
  });
});

it("applies a delta line by line", () => {
  expect(read("8185550101;A\n8185550102;D\n8185550101;D\n8185550103;A\n", delta)).toMatchObject({
    kind: "change",
    added: [18_185_550_103],
    removed: [18_185_550_101, 18_185_550_102],
  });
});

const date = { column: 3, pattern: "YYYY-MM-DD HH:mm" };

it("has the newest day of its lines, and applies changes in the order of their dates", () => {
  const lines = [
    "8185550101;D;2026-08-05 10:00",
    "8185550102;A;2026-08-04 09:00",
    "8185550101;A;2026-08-05 09:59",
    "8185550102;D;1900-01-01 00:00",
  ];
  const text = `${lines.join("\n")}\n`;
  const removed = { added: [18_185_550_102], removed: [18_185_550_101] };
  expect(read(text, { ...delta, date })).toMatchObject({ ...removed, publishedOn: "2026-08-05" });
  const of = readText(csv({ ...delta, date }), text);
  if (of.outcome === "refused") throw new Error(of.faults[0]?.key);
  expect(of.edition.changedUntil).toEqual(new Date("2026-08-05T10:00:00Z"));
  expect(read(text, { date })).toMatchObject({ kind: "full", publishedOn: "2026-08-05" });
});

it("lists a number with an unreadable day, and rejects a change with one", () => {
  const good = "8185550101;A;2026-08-05 10:00\n".repeat(99);
  const text = `${good}8185550102;A;yesterday\n`;
  const some = { date, maxUnreadableShare: 0.01 };
  expect(read(text, some)).toMatchObject({
    added: [18_185_550_101, 18_185_550_102],
    unreadable: 1,
  });
  expect(read(text, { ...delta, ...some })).toMatchObject({ added: [18_185_550_101] });
  expect(read(text, { date })).toEqual({ refused: ["registry.fault.date"] });
});

/** Windows-1251: Cyrillic letters stand there as in Unicode, only elsewhere. */
const inCyrillic = (char: string) => {
  const code = char.codePointAt(0) ?? 0;
  return code < 0x80 ? code : code - 0x0410 + 0xc0;
};

it("reads what Russian programs write: Windows-1251, column names included", () => {
  const text = "Телефон;Статус\n8185550101;да\n";
  const mapping = {
    ...named,
    encoding: "windows-1251",
    phoneColumns: ["Телефон"],
    flag: { ...flag, column: "Статус" },
  } satisfies PartialMapping;
  const bytes = Uint8Array.from(text, inCyrillic);
  expect(toComparable(readFiles(csv(mapping), { "list.csv": [bytes] }))).toMatchObject({
    added: [18_185_550_101],
  });
  expect(read(text, mapping)).toEqual({ refused: ["registry.fault.column"] });
  expect(
    toComparable(readFiles(csv({ ...mapping, encoding: "utf-8" }), { "list.csv": [bytes] })),
  ).toEqual({ refused: ["registry.fault.encoding"] });
});

it("skips unreadable lines as far as the mapping allows, and counts them", () => {
  const lines = [...Array.from({ length: 99 }, (_, n) => 8_185_550_100 + n), "none"];
  const text = `${lines.join("\n")}\n`;
  expect(read(text, { maxUnreadableShare: 0.01 })).toMatchObject({ lines: 100, unreadable: 1 });
  expect(read(text, { maxUnreadableShare: 0.009 })).toEqual({
    refused: ["registry.fault.no-number"],
  });
});

it.each<[string, string, PartialMapping, string]>([
  ["an empty file", "", {}, "empty"],
  ["a header alone", "phone\n", named, "empty"],
  ["an empty delta", "", delta, "empty"],
  ["a delta that lost its header", "", { ...delta, mayBeEmpty: true, hasHeader: true }, "empty"],
  ["a column that is not there", "tel\n8185550101\n", named, "column"],
  ["a place that is not there", "8185550101\n", { phoneColumns: [2] }, "column"],
  ["a name where nothing is named", "8185550101\n", { phoneColumns: ["phone"] }, "column"],
  ["a short line", "x;8185550101\ny\n", { phoneColumns: [2] }, "short-row"],
  ["a line without a number", "8185550101\n;x\n", {}, "no-number"],
  ["an unknown flag", "8185550101;A\n8185550102;?\n", delta, "flag"],
  ["a column of dates that is not there", "8185550101;A\n", { date }, "column"],
  ["a day that there is not", "8185550101;A;2026-02-30 10:00\n", { date }, "date"],
  ["a missing date", "8185550101;A;2026-02-03 10:00\n8185550102;A\n", { date }, "date"],
  ["an empty date", "8185550101;A;\n", { ...delta, date }, "date"],
  ["a missing flag", "8185550101;A\n8185550102\n", delta, "flag"],
  ["a quotation mark that stays open", '8185550101\n"8185550102\n8185550103\n', {}, "quote"],
  ["text after a quotation mark", '8185550101\n"8185550102"3\n', {}, "quote"],
  ["a line without end", `8185550101\n${"9".repeat(70_000)}\n`, {}, "quote"],
  ["another encoding", "8185550101\n8\u00001\u00008\n", {}, "encoding"],
  ["a mark of another encoding", "\uFEFF8185550101\n", { encoding: "latin1" }, "encoding"],
  ["an end within a line", "+442079460123\n+44207946012", {}, "cut-off"],
  [
    "an end within a line's fields",
    "8185550101;long\n8185550102",
    { phoneColumns: [1] },
    "cut-off",
  ],
])("refuses %s", (_, text, mapping, fault) => {
  expect(read(text, { maxUnreadableShare: 0, ...mapping })).toEqual({
    refused: [`registry.fault.${fault}`],
  });
});

it("rejects a truncated file even if a few unreadable lines are allowed", () => {
  const text = `${"8185550101\n".repeat(100)}81855501`;
  expect(read(text, { maxUnreadableShare: 0.1 })).toEqual({ refused: ["registry.fault.cut-off"] });
});

it("reads a last line without a line end, and skips a UTF-8 byte order mark", () => {
  expect(read("\uFEFFphone\r\n8185550101\r\n8185550102", named)).toMatchObject({ lines: 2 });
});

it("accepts an empty delta if the mapping says so", () => {
  expect(read("", { ...delta, mayBeEmpty: true })).toMatchObject({ kind: "change", lines: 0 });
});

it("reads several files as one edition", () => {
  const files = { "a.csv": [toBytes("8185550101\n")], "b.csv": [toBytes("8185550102\n")] };
  expect(toComparable(readFiles(csv(), files))).toMatchObject({ lines: 2 });
  expect(toComparable(readFiles(csv(), { ...files, "c.csv": [] }))).toEqual({
    refused: ["registry.fault.empty"],
  });
});
