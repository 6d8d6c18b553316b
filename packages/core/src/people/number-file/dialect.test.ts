import { describe, expect, it } from "vitest";
import { detectDialect, isText } from "./dialect.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const of = (bytes: Uint8Array) => {
  const { encoding, start, delimiter } = detectDialect(bytes, true);
  return { encoding, start, delimiter: String.fromCharCode(delimiter) };
};

describe("detectDialect", () => {
  it.each([
    ["phone,name\n1,2;3;4\n", ","],
    ["phone;name\n1,2\n", ";"],
    ["phone\tname\n", "\t"],
    ["phone|first name, last name|city\n", "|"],
    ["phone,a|b\n", ","],
    ["phone\n+1 201 555 0100\n", ","],
    ['"a,b,c";d\n', ";"],
  ])("reads the delimiter from the first line: %j", (text, delimiter) => {
    expect(of(utf8(text))).toEqual({ encoding: "utf-8", start: 0, delimiter });
  });

  it("begins behind a byte order mark", () => {
    expect(of(utf8("\uFEFFтелефон;имя\n"))).toEqual({
      encoding: "utf-8",
      start: 3,
      delimiter: ";",
    });
  });

  it("detects Windows-1251 by bytes that are not UTF-8", () => {
    const bytes = Uint8Array.of(0xf2, 0xe5, 0xeb, 59, 0xe8, 10);
    expect(of(bytes)).toEqual({ encoding: "windows-1251", start: 0, delimiter: ";" });
  });

  it.each([
    ["phone,name\n1,2\n", "\n"],
    ["phone,name\r\n1,2\r\n", "\n"],
    ["phone,name\r1,2\r", "\r"],
    ['"phone\r",name\n1,2\n', "\n"],
    ["phone,name\r", "\n"],
    ["phone", "\n"],
  ])("reads what ends the rows: %j", (text, lineEnd) => {
    expect(detectDialect(utf8(text), true).lineEnd).toBe(lineEnd.charCodeAt(0));
  });

  it("minds a character that the sample cuts in two only in a whole file", () => {
    const cut = utf8("имя").subarray(0, 5);
    expect(detectDialect(cut, false).encoding).toBe("utf-8");
    expect(detectDialect(cut, true).encoding).toBe("windows-1251");
  });
});

it.each<[string, Uint8Array, boolean]>([
  ["UTF-8", utf8("телефон\n"), true],
  ["UTF-16", new Uint8Array(new Uint16Array([0xfeff, 112, 104, 10]).buffer), false],
  ["a spreadsheet", Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 6, 0), false],
])("tells whether it is text: %s", (_, bytes, expected) => {
  expect(isText(bytes)).toBe(expected);
});
