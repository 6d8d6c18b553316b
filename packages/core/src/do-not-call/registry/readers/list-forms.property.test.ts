import fc from "fast-check";
import { expect, it } from "vitest";
import { listFiles, plain } from "../../../../testing/list-files.ts";
import {
  toBytes,
  cutAnywhere,
  toComparable,
  readFiles,
} from "../../../../testing/registry-files.ts";
import { hasNumber } from "../numbers/number-set.ts";
import type { ListFormKey } from "../format.ts";

/** A list of Singapore is all its numbers but a few: it takes longest. */
const chooseRuns = (reader: ListFormKey) => (reader === "sg-dnc" ? 8 : 50);

const read = (reader: ListFormKey, name: string, ...pieces: readonly Uint8Array[]) => {
  const read = readFiles({ reader }, { [name]: pieces });
  if (reader !== "sg-dnc" || read.outcome !== "read") return toComparable(read);
  // Forty million numbers are too many to be compared one by one.
  const { added, lines } = read.edition;
  const free = Array.from({ length: 100 }, (_, line) => !hasNumber(added, 6_580_000_000 + line));
  return { lines, free };
};

it.each(listFiles)(
  "reads %s the same however the bytes are split",
  (reader, aFile, name, around = plain) => {
    const aCutFile = aFile.chain((lines) => {
      const bytes = toBytes(around(lines));
      return fc.tuple(fc.constant(bytes), cutAnywhere(bytes));
    });
    fc.assert(
      fc.property(aCutFile, ([bytes, pieces]) => {
        const whole = read(reader, name, bytes);
        expect(whole).toHaveProperty("lines");
        expect(read(reader, name, ...pieces)).toEqual(whole);
      }),
      { numRuns: chooseRuns(reader) },
    );
  },
);

it.each(listFiles)(
  "notices that a file of %s ends within a line",
  (reader, aFile, name, around = plain) => {
    const cut = aFile.chain((lines) => {
      const text = around(lines);
      // The cut keeps at least one character of the last line and removes at least one of its content.
      const from = around === plain ? text.length - (lines.at(-1) ?? "").length + 1 : 1;
      const to = text.trimEnd().length - 1;
      return fc.tuple(fc.constant(text), fc.integer({ min: from, max: to }));
    });
    fc.assert(
      fc.property(cut, ([text, length]) => {
        expect(read(reader, name, toBytes(text.slice(0, length)))).toHaveProperty("refused");
      }),
      { numRuns: chooseRuns(reader) },
    );
  },
);

it.each(listFiles)(
  "reads the lines of %s in any order, and repeated ones once",
  (reader, aFile, name, around = plain) => {
    const shuffled = aFile.chain((lines) =>
      fc.tuple(
        fc.constant(lines),
        fc.shuffledSubarray([...lines, ...lines], { minLength: lines.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([lines, more]) => {
        const whole = read(reader, name, toBytes(around(lines)));
        const again = read(reader, name, toBytes(around(more)));
        expect(again).toEqual({ ...whole, lines: lines.length * 2 });
      }),
      { numRuns: chooseRuns(reader) },
    );
  },
);

it.each(listFiles)("rejects %s in another encoding", (reader, aFile, name, around = plain) => {
  fc.assert(
    fc.property(aFile, (lines) => {
      const utf16 = new Uint8Array(Buffer.from(around(lines), "utf16le"));
      expect(read(reader, name, utf16)).toHaveProperty("refused");
    }),
    { numRuns: chooseRuns(reader) },
  );
});

it.each(listFiles)("rejects an invalid line in %s", (reader, aFile, name, around = plain) => {
  const aWrongLine = fc.string({
    unit: fc.constantFrom("a", "-", ".", "\0", "é", "<", ">", "(", "'"),
    minLength: 1,
    maxLength: 80,
  });
  const spoiled = aFile.chain((lines) =>
    fc.tuple(fc.constant(lines), aWrongLine, fc.integer({ min: 1, max: lines.length - 1 })),
  );
  fc.assert(
    fc.property(spoiled, ([lines, wrong, at]) => {
      const text = around(lines.toSpliced(at, 0, `${wrong}\n`));
      expect(read(reader, name, toBytes(text))).toHaveProperty("refused");
    }),
    { numRuns: chooseRuns(reader) },
  );
});

it("never crashes, and never accepts garbage as a list", () => {
  const readers = fc.constantFrom(...listFiles.map(([reader]) => reader));
  fc.assert(
    fc.property(readers, fc.uint8Array({ maxLength: 200 }), (reader, bytes) => {
      expect(read(reader, "Filtered Numbers.csv", bytes)).toHaveProperty("refused");
    }),
    { numRuns: 300 },
  );
});
