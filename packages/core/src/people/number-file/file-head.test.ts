import { expect, it } from "vitest";
import { HEAD_BYTES } from "./dialect.ts";
import { fileHeadOf } from "./file-head.ts";

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
  expect(fileHeadOf(utf8(text), true)).toMatchObject({ cells });
});

it("reads the letters of old spreadsheets", () => {
  const bytes = Uint8Array.of(0xf2, 0xe5, 0xeb, 59, 0xe8, 10);
  expect(fileHeadOf(bytes, true)).toMatchObject({ cells: ["тел", "и"] });
});

it.each([
  ["", true, "error.scrub-empty"],
  ["\uFEFF", true, "error.scrub-empty"],
  ['phone,"name\n1,2\n', true, "error.scrub-quote-open"],
  ["a".repeat(HEAD_BYTES), false, "error.scrub-row-endless"],
  ["p\0h\0\n\0", true, "error.scrub-not-text"],
])("says what is wrong with %.20j", (text, isWhole, key) => {
  expect(fileHeadOf(utf8(text), isWhole)).toMatchObject({ fault: { key } });
});
