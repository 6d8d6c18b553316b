import path from "node:path";
import { inflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { openSheet } from "./sheet.ts";

const fontFolder = path.resolve(import.meta.dirname, "../../../fonts");

/** Prints a text, and reads back the numbers of the glyphs on its pages. 0 is the glyph for what a font lacks. */
async function printGlyphs(text: string): Promise<number[]> {
  const sheet = openSheet({ title: text, fontFolder, locale: "en", isArchival: true });
  sheet.head(null, [text], text);
  sheet.facts(text, [{ label: text, value: text }]);
  sheet.quote(text, text);
  sheet.sentences(text, [text]);
  const pdf = Buffer.from(await sheet.end()).toString("latin1");
  const streams = [...pdf.matchAll(/stream\r?\n([^]*?)\r?\nendstream/g)].flatMap(
    ([, bytes = ""]) => {
      try {
        return inflateSync(Buffer.from(bytes, "latin1")).toString("latin1");
      } catch {
        return []; // a stream that is not compressed
      }
    },
  );
  const shown = streams
    .flatMap((stream) => [...stream.matchAll(/\[([^\]]*)\] TJ/g)])
    .flatMap(([, array = ""]) => [...array.matchAll(/<([0-9a-f]+)>/g)]);
  return shown.flatMap(([, hex = ""]) =>
    (hex.match(/.{4}/g) ?? []).map((glyph) => Number.parseInt(glyph, 16)),
  );
}

it.each([
  ["Chinese", "他们晚上打电话"],
  ["an emoji of several characters", "They called again 👩🏽‍💻"],
  ["Devanagari", "उन्होंने फिर फोन किया"],
  ["tabs and line breaks", "one\ttwo\r\nthree"],
])("prints %s without a glyph that the font lacks, as PDF/A requires", async (_, text) => {
  const glyphs = await printGlyphs(text);
  expect(glyphs.length).toBeGreaterThan(20);
  expect(glyphs).not.toContain(0);
});

it("says so at the end if it replaced a character, and only then", async () => {
  const [plain, replaced] = [await printGlyphs("Звонили abc"), await printGlyphs("Звонили 他他他")];
  expect(plain).not.toContain(0);
  expect(replaced.length).toBeGreaterThan(plain.length + 50);
});

/** Prints facts of one line, a tall one and one more line, and counts the pages. */
async function countPages(lines: number, tall: { label: string; value: string }) {
  const sheet = openSheet({ title: "Facts", fontFolder, locale: "en" });
  const line = { label: "Label", value: "Value" };
  const facts = Array.from({ length: lines }, () => line);
  sheet.facts("Facts", [...facts, tall, line]);
  const pdf = Buffer.from(await sheet.end()).toString("latin1");
  return pdf.match(/\/Type \/Page\b/g)?.length;
}

it("begins a new page for a long label as it does for a long value", async () => {
  const [long, short] = ["one\ntwo\nthree", "one"];
  const counts = new Set<number | undefined>();
  for (let lines = 40; lines < 54; lines++) {
    const pages = await countPages(lines, { label: short, value: long });
    expect([lines, await countPages(lines, { label: long, value: short })]).toEqual([lines, pages]);
    counts.add(pages);
  }
  expect([...counts]).toEqual([1, 2]);
});
