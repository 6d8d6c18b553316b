import fc from "fast-check";
import { expect, it } from "vitest";
import { createEncodingDetector, guessDelimiter } from "./guess-format.ts";

function detect(...chunks: Uint8Array[]) {
  const detector = createEncodingDetector();
  for (const chunk of chunks) detector.push(chunk);
  return detector.result();
}

const bytes = (...numbers: number[]) => Uint8Array.from(numbers);

const utf8 = (text: string) => new TextEncoder().encode(text);

/** Letters of Windows-1251: А is 0xC0, а is 0xE0. */
const cp1251 = (text: string) =>
  Uint8Array.from(text, (c) => {
    const code = c.charCodeAt(0);
    return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code;
  });

it.each([
  ["UTF-8", utf8("Ада;+79161234567"), "utf-8"],
  ["UTF-8 with its mark", bytes(0xef, 0xbb, 0xbf, ...utf8("Ада")), "utf-8"],
  ["ASCII", utf8("Ada,1"), "utf-8"],
  ["UTF-16", bytes(0xff, 0xfe, 0x41, 0), "utf-16le"],
  ["Windows-1251", cp1251("Имя;Телефон\nАда;1"), "windows-1251"],
  ["Windows-1252", bytes(...utf8("name\nM"), 0xfc, ...utf8("ller, Ren"), 0xe9), "windows-1252"],
])("knows %s", (_, file, encoding) => {
  expect(detect(file)).toEqual({ encoding });
});

it("knows a letter of UTF-8 whose bytes come in two chunks", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), fc.nat(), (text, n) => {
      fc.pre(!text.includes("\0"));
      const file = utf8(`phone,${text}`);
      const cut = n % file.length;
      expect(detect(file.subarray(0, cut), file.subarray(cut))).toEqual({ encoding: "utf-8" });
    }),
  );
});

it("is not taken in by one letter of another encoding at the very end", () => {
  const file = bytes(...utf8("phone,name\n1,Andr"), 0xe9);
  expect(detect(file)).toEqual({ encoding: "windows-1252" });
});

it.each([
  ["a workbook", bytes(0x50, 0x4b, 3, 4, 20, 0), "import.workbook"],
  ["an old workbook", bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1), "import.workbook"],
  ["what is no text", bytes(0x7f, 0x45, 0x4c, 0x46, 0, 1), "import.no-text"],
])("says that it cannot read %s", (_, file, key) => {
  expect(detect(file)).toEqual({ fault: { key } });
});

it.each([
  ["phone,name\n+79161234567,Ада\n", ","],
  ["phone;name\r\n+79161234567;Ада, Лавлейс\r\n", ";"],
  ["phone\tname\n+79161234567\tAda, Lovelace; Countess\n", "\t"],
  ['phone;note\n1;"a, b\nc, d, e, f"\n', ";"],
  ["phone\n+79161234567\n", ","],
  ["phone;note\n1;x\nbroken line\n", ";"],
  ["", ","],
] as const)("finds what stands between the cells of %j", (text, delimiter) => {
  expect(guessDelimiter(text)).toBe(delimiter);
});
