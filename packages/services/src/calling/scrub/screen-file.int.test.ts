import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, it } from "vitest";
import { aScrubbingOrganization } from "../../../testing/scrubs.ts";

it.each([
  ["a comma", "phone,name\n12,Ada\n", "12,Ada,refuse,number-invalid,,ID.1\n"],
  [
    "a tab, and returns",
    "phone\tname\r\n12\tAda\r\n",
    "12\tAda\trefuse\tnumber-invalid\t\tID.1\r\n",
  ],
  ["returns alone", "phone;name\r12;Ada\r", "12;Ada;refuse;number-invalid;;ID.1\r"],
  ["no last line end", "phone\n12", "12,refuse,number-invalid,,ID.1"],
  ["a short row", "phone,name,age\n+12025550100\n", "+12025550100,,,refuse,number-invalid,,ID.1\n"],
  [
    "a long row",
    "name,work,phone\nSmith, Ann,+12025550100,+12025550101\n",
    "Smith, Ann,+12025550100,+12025550101,refuse,number-invalid,,ID.1\n",
  ],
  ["a mark of the byte order", "\uFEFFphone\n12\n", "12,refuse,number-invalid,,ID.1\n"],
])("keeps how a file is written: %s", async (_, content, row) => {
  const { scrub } = await aScrubbingOrganization();
  const { id, result } = await scrub(content);
  expect(result.toString().endsWith(row.replace("ID", id))).toBe(true);
  expect(result.toString().startsWith(content.slice(0, 5))).toBe(true);
});

it("keeps the letters of old spreadsheets, and reads numbers among them", async () => {
  const { scrub } = await aScrubbingOrganization();
  const content = Buffer.from(
    "\xf2\xe5\xeb\xe5\xf4\xee\xed;\xe8\xec\xff\n+1\xa0202 5550100;\xc0\n",
    "latin1",
  );
  const { result } = await scrub(content);
  expect(result.toString("latin1")).toMatch(
    /^.{7};.{3};verdict.*\n\+1\xa0202 5550100;\xc0;refuse;consent/,
  );
});

it("screens what has a header alone, and takes other names where its own are taken", async () => {
  const { scrub } = await aScrubbingOrganization();
  const { result, view } = await scrub("phone,Verdict,ringfence_verdict");
  expect(result.toString()).toBe(
    "phone,Verdict,ringfence_verdict,ringfence_ringfence_verdict,reasons,callable_from,screening_id",
  );
  expect(view).toMatchObject({ rows: 0, counts: { allow: 0, refuse: 0 } });
});

const cell = fc.stringMatching(/^[a-zа-я0-9 +.,;"\n()-]{0,8}$/);
const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 30 });
const written = (text: string) => `"${text.replaceAll('"', '""')}"`;

it("gives back every column of every row, and four more", { timeout: 60_000 }, async () => {
  const { scrub } = await aScrubbingOrganization();
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const content = rows.map((row) => row.map(written).join(";")).join("\r\n");
      const { id, result } = await scrub(content, { header: false, phoneColumn: "2" });
      const back: string[][] = parse(result, { delimiter: ";" });
      expect(back.map((row) => row.slice(0, 3))).toEqual(rows);
      expect(back.map((row) => row.at(-1))).toEqual(rows.map((_, n) => `${id}.${n + 1}`));
    }),
    { numRuns: 20 },
  );
});
