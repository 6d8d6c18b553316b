import fc from "fast-check";
import { expect, it } from "vitest";
import {
  aUsNumber,
  bytesOf,
  cutAnywhere,
  outlineOf,
  readFiles,
} from "../../../testing/registry-files.ts";
import type { ListFormKey } from "../registry-format.ts";

const digits = (count: number) =>
  fc.nat({ max: 10 ** count - 1 }).map((n) => String(n).padStart(count, "0"));
const ended = (lines: fc.Arbitrary<string>, end: string) =>
  fc.array(lines, { minLength: 2, maxLength: 12 }).map((all) => all.map((line) => line + end));

const aPhone = aUsNumber.map((ten) => `<ph val='${ten.slice(3)}' />`);
const anXml = fc
  .array(aPhone, { minLength: 2, maxLength: 12 })
  .map((phones) => [
    "<list type='full' level='ac' val='818'><ac val='818'>",
    ...phones,
    "</ac></list>",
  ]);

/** A form, what its files are made of, and the file's name. */
const forms: [ListFormKey, fc.Arbitrary<string[]>, string][] = [
  ["us-dnc", anXml, "list.xml"],
  ["ca-dncl", anXml, "list.xml"],
  [
    "ca-dncl",
    ended(
      aUsNumber.map((ten) => `${ten.slice(0, 3)},${ten.slice(3)}`),
      "\n",
    ),
    "a.txt",
  ],
  [
    "gb-tps",
    ended(
      digits(6).map((six) => `01635 ${six}`),
      "\r\n",
    ),
    "tps.txt",
  ],
  [
    "gb-tps",
    ended(
      digits(9).map((nine) => `07${nine} `),
      "\r\n",
    ),
    "tps.txt",
  ],
  [
    "hk-dnc",
    ended(
      digits(7).map((seven) => `2${seven}`),
      "\n",
    ),
    "hk.txt",
  ],
  [
    "hk-dnc",
    ended(
      digits(7).map((seven) => `9${seven},2026-08-05`),
      "\n",
    ),
    "hk.txt",
  ],
  [
    "sg-dnc",
    ended(
      digits(7).map((seven) => `8${seven}`),
      "\r\n",
    ),
    "Filtered Numbers.csv",
  ],
  [
    "us-rnd",
    ended(
      aUsNumber.map((ten) => `${ten},2025-03-14,no data`),
      "\n",
    ),
    "rnd.csv",
  ],
  ["us-ported", ended(aUsNumber, "\r\n"), "ported.txt"],
  [
    "us-ported",
    ended(
      aUsNumber.map((ten) => `${ten.slice(0, 6)}0000,0002`),
      "\n",
    ),
    "ported.txt",
  ],
];

const read = (reader: ListFormKey, name: string, ...pieces: readonly Uint8Array[]) => {
  const read = readFiles({ reader }, { [name]: pieces });
  // Forty million numbers are too many to be compared one by one.
  if (reader === "sg-dnc" && read.outcome === "read") return { lines: read.edition.lines };
  return outlineOf(read);
};

it.each(forms)("reads %s the same however the bytes are cut", (reader, aFile, name) => {
  const aCutFile = aFile.chain((lines) => {
    const bytes = bytesOf(lines.join(""));
    return fc.tuple(fc.constant(bytes), cutAnywhere(bytes));
  });
  fc.assert(
    fc.property(aCutFile, ([bytes, pieces]) => {
      const whole = read(reader, name, bytes);
      expect(whole).toHaveProperty("lines");
      expect(read(reader, name, ...pieces)).toEqual(whole);
    }),
    { numRuns: 50 },
  );
});

it.each(forms)("notices that a file of %s ends within a line", (reader, aFile, name) => {
  const cut = aFile.chain((lines) => {
    const text = lines.join("");
    // One sign of the last line is there at least, and one of what it says is missing.
    const from = text.length - (lines.at(-1) ?? "").length + 1;
    const to = text.trimEnd().length - 1;
    return fc.tuple(fc.constant(text), fc.integer({ min: from, max: to }));
  });
  fc.assert(
    fc.property(cut, ([text, length]) => {
      expect(read(reader, name, bytesOf(text.slice(0, length)))).toHaveProperty("refused");
    }),
    { numRuns: 50 },
  );
});

it.each(forms)(
  "takes the lines of %s in any order, and repeated ones once",
  (reader, aFile, name) => {
    if (name.endsWith(".xml")) return;
    const shuffled = aFile.chain((lines) =>
      fc.tuple(
        fc.constant(lines),
        fc.shuffledSubarray([...lines, ...lines], { minLength: lines.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([lines, more]) => {
        const whole = read(reader, name, bytesOf(lines.join("")));
        const again = read(reader, name, bytesOf(more.join("")));
        expect(again).toEqual({ ...whole, lines: lines.length * 2 });
      }),
      { numRuns: 50 },
    );
  },
);

it.each(forms)("does not take %s in another encoding", (reader, aFile, name) => {
  fc.assert(
    fc.property(aFile, (lines) => {
      const utf16 = new Uint8Array(Buffer.from(lines.join(""), "utf16le"));
      expect(read(reader, name, utf16)).toHaveProperty("refused");
    }),
    { numRuns: 20 },
  );
});

it.each(forms)("lets no line pass in %s that is none", (reader, aFile, name) => {
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
      const text = lines.toSpliced(at, 0, `${wrong}\n`).join("");
      expect(read(reader, name, bytesOf(text))).toHaveProperty("refused");
    }),
    { numRuns: 50 },
  );
});

it("never crashes, and takes no garbage for a list", () => {
  const readers = fc.constantFrom(...forms.map(([reader]) => reader), "us-litigators" as const);
  fc.assert(
    fc.property(readers, fc.uint8Array({ maxLength: 200 }), (reader, bytes) => {
      expect(read(reader, "Filtered Numbers.csv", bytes)).toHaveProperty("refused");
    }),
    { numRuns: 300 },
  );
});
