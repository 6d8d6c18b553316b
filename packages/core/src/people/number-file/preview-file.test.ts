import { expect, it } from "vitest";
import { HEAD_BYTES } from "./dialect.ts";
import { type PreviewChoice, previewFile, readFileHead } from "./preview-file.ts";

const toBytes = (text: string) => new TextEncoder().encode(text);

function preview(text: string, choice: Partial<PreviewChoice> = {}) {
  const shown = previewFile(toBytes(text), true, { region: "US", ...choice });
  if ("fault" in shown) throw new Error(shown.fault.key);
  return shown;
}

const phonesIn = ({ rows }: ReturnType<typeof preview>) =>
  rows.map(({ reading }) => reading && ("phone" in reading ? reading.phone : reading.fault.key));

it("shows rows and fields, and how each number is read", () => {
  expect(preview('name;Phone\n"Ada; ""the first""";(201) 555-0100\nBob;12\n')).toEqual({
    hasHeader: true,
    names: ["name", "Phone"],
    columns: 2,
    phoneColumn: 1,
    rows: [
      { cells: ['Ada; "the first"', "(201) 555-0100"], reading: { phone: "+12015550100" } },
      { cells: ["Bob", "12"], reading: { fault: expect.objectContaining({}) as never } },
    ],
  });
});

it.each([
  ["a name", "id,телефон\n1,2\n", 1],
  ["its content, where no name tells", "a,b\nx,+12015550100\ny,+12015550101\n", 1],
  ["its content, without a header", "x,+12015550100\ny,+12015550101\n", 1],
  ["nothing, where few cells are numbers", "a,b\nx,+12015550100\ny,1\nz,2\n", null],
])("finds the phones by %s", (_, text, column) => {
  expect(preview(text).phoneColumn).toBe(column);
});

it.each([
  ["phone\n+12015550100\n", true],
  ["+12015550100\n+12015550101\n", false],
  ["name\nAda\n", true],
])("guesses whether the first row names the columns: %j", (text, hasHeader) => {
  expect(preview(text).hasHeader).toBe(hasHeader);
});

it("follows the given choices", () => {
  const shown = preview("phone,b\n89161234567,2\n", {
    header: false,
    phoneColumn: 0,
    region: "RU",
  });
  expect(shown).toMatchObject({ hasHeader: false, names: [] });
  expect(phonesIn(shown)).toEqual([expect.stringMatching(/^phone\./), "+79161234567"]);
});

it("reports that a row that is too short has no number", () => {
  const [reading] = phonesIn(preview("id,phone\n1\n"));
  expect(reading).toMatch(/^phone\./);
});

it("shows eight rows and a hundred columns of more, and counts all columns", () => {
  const row = Array.from({ length: 120 }, (_, column) => column).join(",");
  const { rows, columns } = preview(`${row}\n`.repeat(20), { header: false });
  expect([rows.length, rows[0]?.cells.length, columns]).toEqual([8, 100, 120]);
});

it("minds that the bytes are only the beginning", () => {
  const shown = previewFile(toBytes("phone\n+12015550100\n+1201"), false, { region: "US" });
  expect(shown).toMatchObject({ rows: [{ reading: { phone: "+12015550100" } }] });
});

it.each([
  ["an empty file", "", true, "error.scrub-empty"],
  ["a row without an end", '"'.padEnd(HEAD_BYTES, "a"), false, "error.scrub-row-endless"],
])("says what is wrong with %s", (_, text, isWhole, key) => {
  expect(previewFile(toBytes(text), isWhole, { region: "US" })).toMatchObject({ fault: { key } });
});

const utf8 = (text: string) => new TextEncoder().encode(text);

it.each([
  ["phone,name\n1,2\n", ["phone", "name"]],
  ['"name, or ""none""";phone;;\r\n1;2\r\n', ['name, or "none"', "phone", "", ""]],
  ["\uFEFFтелефон\tимя", ["телефон", "имя"]],
  ['"two\nlines",b\n', ["two\nlines", "b"]],
  ['a""b,c"d\n', ['a""b', 'c"d']],
  ["phone,name\r1,2\r", ["phone", "name"]],
  ["\n1\n", [""]],
])("reads the cells of the first row: %j", (text, cells) => {
  expect(readFileHead(utf8(text), true)).toMatchObject({ cells });
});

it("reads the letters of old spreadsheets", () => {
  const bytes = Uint8Array.of(0xf2, 0xe5, 0xeb, 59, 0xe8, 10);
  expect(readFileHead(bytes, true)).toMatchObject({ cells: ["тел", "и"] });
});

it.each([
  ["", true, "error.scrub-empty"],
  ["\uFEFF", true, "error.scrub-empty"],
  ['phone,"name\n1,2\n', true, "error.scrub-quote-open"],
  ["a".repeat(HEAD_BYTES), false, "error.scrub-row-endless"],
  ["p\0h\0\n\0", true, "error.scrub-not-text"],
])("says what is wrong with %.20j", (text, isWhole, key) => {
  expect(readFileHead(utf8(text), isWhole)).toMatchObject({ fault: { key } });
});

it("reads the numbers of a chosen column that is too far right to be shown", () => {
  const blanks = ",".repeat(120);
  const shown = preview(`id${blanks}Phone\n7${blanks}(201) 555-0100\n8\n`, { phoneColumn: 120 });
  expect(shown.columns).toBe(121);
  expect(shown.rows[0]?.cells).toHaveLength(100);
  expect(phonesIn(shown)).toEqual(["+12015550100", "phone.empty"]);
});
