import fc from "fast-check";
import { expect, it } from "vitest";
import {
  aUsNumber,
  toBytes,
  cutAnywhere,
  toComparable,
  readFiles,
  readText,
  usDnc,
} from "../../../../testing/registry-files.ts";

const split = (ten: string) => `${ten.slice(0, 3)},${ten.slice(3)}`;
const aFullLine = fc.oneof(
  { weight: 4, arbitrary: aUsNumber.map((ten) => `${split(ten)}\n`) },
  aUsNumber.map((ten) => `${ten}\n`),
  aUsNumber.map((ten) => `${split(ten)}\r\n`),
);
const aChangeLine = fc
  .tuple(aUsNumber, fc.nat({ max: 59 }), fc.constantFrom("A", "D"))
  .map(([ten, s, act]) => `${ten},2026-12-07T02:20:${String(s).padStart(2, "0")},${act}\n`);
const aFile = fc.oneof(
  fc.array(aFullLine, { minLength: 1, maxLength: 30 }),
  fc.array(aChangeLine, { minLength: 1, maxLength: 30 }),
);

it("reads the same however the bytes are split", () => {
  const aCutFile = aFile.chain((lines) => {
    const text = lines.join("");
    return fc.tuple(fc.constant(text), cutAnywhere(toBytes(text)));
  });
  fc.assert(
    fc.property(aCutFile, ([text, pieces]) => {
      expect(toComparable(readFiles(usDnc, { "list.txt": pieces }))).toEqual(
        toComparable(readText(usDnc, text)),
      );
    }),
  );
});

it("lists exactly the numbers of a full list", () => {
  fc.assert(
    fc.property(fc.array(aUsNumber, { minLength: 1, maxLength: 60 }), (numbers) => {
      const text = numbers.map((ten) => `${split(ten)}\n`).join("");
      expect(toComparable(readText(usDnc, text))).toMatchObject({
        added: [...new Set(numbers.map((ten) => Number(`1${ten}`)))].toSorted((a, b) => a - b),
        lines: numbers.length,
      });
    }),
  );
});

it("rejects an invalid line, wherever it is", () => {
  const aWrongLine = fc
    .oneof(
      fc.string({
        unit: fc.constantFrom("0", "1", "8", ",", "A", "\r", " ", "-", "\0", "é"),
        maxLength: 14,
      }),
      aUsNumber.map((ten) => `${split(ten)} `),
      aUsNumber.map((ten) => split(ten).slice(0, -1)),
    )
    .filter((line) => !/^[2-9]\d\d,?\d{7}\r?$/.test(line));
  const lines = fc.array(aFullLine, { maxLength: 10 });
  fc.assert(
    fc.property(lines, aWrongLine, lines, (before, wrong, after) => {
      const text = `${before.join("")}${wrong}\n${after.join("")}`;
      expect(readText(usDnc, text).outcome).toBe("refused");
    }),
  );
});

it("rejects every wrong byte", () => {
  const spoiled = fc
    .array(aUsNumber, { minLength: 2, maxLength: 10 })
    .map((numbers) => toBytes(numbers.map((ten) => `${split(ten)}\n`).join("")))
    .chain((bytes) =>
      fc.tuple(
        fc.constant(bytes),
        fc.nat({ max: bytes.length - 2 }),
        fc.nat({ max: 255 }).filter((byte) => byte < 0x30 || byte > 0x39),
      ),
    )
    .filter(([bytes, at, byte]) => bytes[at] !== byte);
  fc.assert(
    fc.property(spoiled, ([bytes, at, byte]) => {
      expect(readFiles(usDnc, { "list.txt": [bytes.with(at, byte)] }).outcome).toBe("refused");
    }),
    { numRuns: 500 },
  );
});

it("notices that a file ends within a line", () => {
  // Within its first line a change list can look like a full list of one number, which is held then.
  const cut = aFile.chain((lines) => {
    const text = lines.join("");
    const start = lines[0]?.endsWith("A\n") || lines[0]?.endsWith("D\n") ? lines[0].length : 0;
    return fc.tuple(fc.constant(text), fc.integer({ min: start, max: text.length }));
  });
  fc.assert(
    fc.property(cut, ([text, length]) => {
      const [kept, rest] = [text.slice(0, length), text.slice(length)];
      const isWhole = rest === "" || kept.endsWith("\n") || /^\r?\n/.test(rest);
      expect(readText(usDnc, kept).outcome).toBe(length > 0 && isWhole ? "read" : "refused");
    }),
    { numRuns: 500 },
  );
});

it("never crashes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(["read", "refused"]).toContain(readFiles(usDnc, { garbage: [bytes] }).outcome);
    }),
  );
});
