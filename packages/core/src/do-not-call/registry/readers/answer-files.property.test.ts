import fc from "fast-check";
import { expect, it } from "vitest";
import type { FileReader } from "./file-reader.ts";
import { createLineTypeReader } from "./line-types.ts";
import { createReassignedAnswerReader } from "./reassigned-numbers.ts";

type Reader = FileReader & { close: () => { outcome: string; faults?: readonly object[] } };

const aDigit = fc.integer({ min: 0, max: 9_999_999 });
const aDay = fc
  .integer({ min: 0, max: 2_000 })
  .map((days) => new Date(Date.UTC(2021, 0, 27 + days)).toISOString().slice(0, 10));
const aNumber = aDigit.map((n) => `212${String(n).padStart(7, "0")}`);
const anAnswer = fc
  .tuple(aNumber, aDay, fc.constantFrom("yes", "no", "no data"))
  .map((cells) => cells.join(","));
const aLineType = fc
  .tuple(aNumber, fc.constantFrom("Landline", "wireless", "VoIP", "Unknown"), fc.option(aDay))
  .map(([number, type, day]) => `1${number},${type}${day === null ? "" : `,${day}`}`);

const forms: [string, () => Reader, fc.Arbitrary<string>][] = [
  ["answers", () => createReassignedAnswerReader("answer.csv", 1_000), anAnswer],
  ["lines", () => createLineTypeReader("lines.csv"), aLineType],
];

function read(open: () => Reader, bytes: Uint8Array, sizes: readonly number[] = [bytes.length]) {
  const reader = open();
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const size = Math.max(1, sizes[n % sizes.length] ?? 1);
    reader.push(Uint8Array.from(bytes.subarray(at, at + size)));
    at += size;
  }
  reader.end();
  return reader.close();
}
const joinLines = (lines: readonly string[], end: string) =>
  new TextEncoder().encode(lines.map((line) => line + end).join(""));
const anEnd = fc.constantFrom("\n", "\r\n");

it.each(forms)("reads %s the same, however they are split", (_, open, aLine) => {
  const someLines = fc.array(aLine, { minLength: 1, maxLength: 20 });
  const someSizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(someLines, anEnd, someSizes, (lines, end, sizes) => {
      const bytes = joinLines(lines, end);
      const whole = read(open, bytes);
      expect(whole.outcome).toBe("read");
      expect(read(open, bytes, sizes)).toEqual(whole);
    }),
  );
});

it.each(forms)("reads whole lines of a truncated %s, or nothing", (_, open, aLine) => {
  const someLines = fc.array(aLine, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(someLines, anEnd, fc.nat(), (lines, end, cut) => {
      const bytes = joinLines(lines, end);
      const length = cut % bytes.length;
      const found = read(open, bytes.subarray(0, length));
      if (found.outcome === "refused") return;
      const kept = new TextDecoder().decode(bytes.subarray(0, length)).split(/\r?\n|\r$/);
      expect(read(open, joinLines(kept.filter(Boolean), "\n"))).toEqual(found);
      for (const [index, line] of kept.filter(Boolean).entries()) expect(line).toBe(lines[index]);
    }),
  );
});

it("rejects a word that is no line type, even one that every object has", () => {
  const open = () => createLineTypeReader("lines.csv");
  expect(read(open, joinLines(["12125550100,constructor"], "\n")).outcome).toBe("refused");
});

it.each(forms)("rejects %s with an invalid line", (_, open, aLine) => {
  const garbage = fc.string({ minLength: 1, maxLength: 80 }).filter((text) => /[^\s]/.test(text));
  fc.assert(
    fc.property(aLine, garbage, (line, text) => {
      const { outcome, faults = [] } = read(open, joinLines([line, `?${text}`, line], "\n"));
      expect([outcome, faults.length > 0]).toEqual(["refused", true]);
    }),
  );
});
