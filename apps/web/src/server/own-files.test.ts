import {
  type ImportKind,
  type Mapping,
  guessDelimiter,
  guessMapping,
  readContactCells,
  readOptOutCells,
  readSuppressionCells,
} from "@ringfence/core/desk/import";
import { BLOCKED_FILE_HEADER, toBlockedLine } from "@ringfence/core/do-not-call/endpoint";
import { previewFile } from "@ringfence/core/people/number-file";
import { GivenSuppressionReason } from "@ringfence/core/do-not-call/suppression";
import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import en from "../../messages/en.json";
import ru from "../../messages/ru.json";
import { type Cell, csvLine, phoneColumns } from "./csv";

// The files have the headers that their routes write: `contacts.csv`, `people.csv`, `calls.csv`, `suppressions.csv`.

const phones = ["+79161234567", "+12145550142"];
const [first = "", second = ""] = phones;
const at = new Date("2026-03-01T02:00:00Z");
const languages = { en, ru };
const locales = ["en", "ru"] as const;

const inUtc = (head: string) => head.replace("{zone}", "UTC");
const toFile = (...lines: (readonly Cell[])[]) => `\uFEFF${lines.map(csvLine).join("")}`;

/** Returns the file as earlier versions wrote it, with an apostrophe before every number. */
const withApostrophes = (file: string) => file.replaceAll(/(^|,|\n)(\+\d)/g, "$1'$2");

/** Returns the numbers that a scrub reads in a file. */
function readByScrub(file: string) {
  const preview = previewFile(new TextEncoder().encode(file), true, { region: "US" });
  if ("fault" in preview) throw new Error(preview.fault.key);
  return preview.rows.map(({ reading }) => reading);
}

/** Returns the rows that an import reads in a file whose columns it guesses. */
function readByImport<T>(
  kind: ImportKind,
  file: string,
  read: (line: number, row: string[], mapping: Mapping) => T,
): T[] {
  const delimiter = guessDelimiter(file);
  const rows: string[][] = parse(file, { bom: true, delimiter });
  const home = { region: "US", zone: "America/Chicago", locale: "en" };
  const mapping = guessMapping(kind, { encoding: "utf-8", delimiter }, rows, home);
  return rows.slice(1).map((row, index) => read(index + 2, row, mapping));
}

function peopleFile(locale: "en" | "ru", name: string) {
  const { segmentPeople, phoneColumns: words } = languages[locale];
  const columns = phoneColumns<readonly string[]>(words, (row) => row);
  return toFile(
    [segmentPeople.externalId, segmentPeople.person, ...columns.map(([head]) => head)],
    ["p1", name, ...columns.map(([, cell]) => cell(phones))],
  );
}

it.each(locales)("scrubs and imports people from our own export in “%s”, unchanged", (locale) => {
  const names = ["Ada Quill", "=cmd|' /C calc'!A0", "+1+cmd|' /C calc'!A0", "@SUM(A1)"];
  for (const name of names) {
    const file = peopleFile(locale, name);
    expect(file).toContain(`,${first},${second}\r\n`);
    for (const written of [file, withApostrophes(file)]) {
      expect(readByScrub(written)).toEqual([{ phone: first }]);
      expect(readByImport("contacts", written, readContactCells)).toEqual([
        expect.objectContaining({
          status: "read",
          row: expect.objectContaining({ externalId: "p1", name }),
          phones,
        }),
      ]);
    }
  }
});

const readSuppression = (line: number, row: string[], mapping: Mapping) =>
  readSuppressionCells(line, row, mapping, new Date("2026-04-01T00:00:00Z"));

it.each(locales)(
  "imports suppressions from our own export in “%s”, with reasons and times",
  (locale) => {
    const { suppressions } = languages[locale];
    const until = new Date("2027-03-01T02:00:00Z");
    const heads = [suppressions.phone, suppressions.reason];
    const times = [suppressions.since, suppressions.until, suppressions.recorded].map(inUtc);
    const file = toFile(
      [...heads, ...times],
      ...GivenSuppressionReason.options.map((reason) => [
        first,
        suppressions.reasons[reason],
        at,
        until,
        at,
      ]),
    );
    for (const written of [file, withApostrophes(file)]) {
      expect(readByScrub(written)).toEqual(
        GivenSuppressionReason.options.map(() => ({ phone: first })),
      );
      expect(readByImport("suppressions", written, readSuppression)).toEqual(
        GivenSuppressionReason.options.map((reason, index) => ({
          status: "read",
          line: index + 2,
          phone: first,
          reason,
          at,
          until,
        })),
      );
    }
  },
);

it.each(locales)("scrubs and imports our own call file in “%s”", (locale) => {
  const { campaignFile: words } = languages[locale];
  const heads = [words.phone, words.permit, words.expiresAt, words.screening, words.contact];
  const file = toFile(
    [...heads, words.offer, words.language, words.script],
    [first, "eyJhbGciOi", "2026-03-01T02:05:00.000Z", "s1", "p1", "Loan", "en", "Hello;\nAda"],
  );
  expect(file).toContain(`\n${first},eyJ`);
  for (const written of [file, withApostrophes(file)]) {
    expect(readByScrub(written)).toEqual([{ phone: first }]);
    expect(readByImport("contacts", written, readContactCells)).toEqual([
      expect.objectContaining({ status: "read", phones: [first] }),
    ]);
  }
});

it("scrubs and imports the opt-out files that we write for dialers", () => {
  const refused = { phone: first, scope: "all", seller: null, purpose: null, at, reference: "R-1" };
  const file = BLOCKED_FILE_HEADER + toBlockedLine(refused);
  expect(readByScrub(file)).toEqual([{ phone: first }]);
  expect(readByImport("opt_outs", file, readOptOutCells)).toEqual([
    expect.objectContaining({ status: "read", phone: first, at }),
  ]);
});
