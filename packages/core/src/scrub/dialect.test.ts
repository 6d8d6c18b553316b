import { describe, expect, it } from "vitest";
import { dialectOf } from "./dialect.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const of = (bytes: Uint8Array) => {
  const { encoding, start, delimiter } = dialectOf(bytes, true);
  return { encoding, start, delimiter: String.fromCharCode(delimiter) };
};

describe("dialectOf", () => {
  it.each([
    ["phone,name\n1,2;3;4\n", ","],
    ["phone;name\n1,2\n", ";"],
    ["phone\tname\n", "\t"],
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

  it("knows Windows-1251 by what is no UTF-8", () => {
    const bytes = Uint8Array.of(0xf2, 0xe5, 0xeb, 59, 0xe8, 10);
    expect(of(bytes)).toEqual({ encoding: "windows-1251", start: 0, delimiter: ";" });
  });

  it("minds a character that the sample cuts in two only in a whole file", () => {
    const cut = utf8("имя").subarray(0, 5);
    expect(dialectOf(cut, false).encoding).toBe("utf-8");
    expect(dialectOf(cut, true).encoding).toBe("windows-1251");
  });
});
