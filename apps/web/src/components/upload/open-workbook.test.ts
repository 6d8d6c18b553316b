import writeWorkbook from "write-excel-file/node";
import { expect, it } from "vitest";
import { isArchive, isWorkbook, openWorkbook } from "./open-workbook";

type Cells = Parameters<typeof writeWorkbook>[0];

/** `written` changes the XML of the sheets to what another program writes. */
async function aWorkbook(sheets: Cells, written = (xml: string) => xml) {
  const transform = { "xl/worksheets/sheet{id}.xml": { transform: written } };
  const bytes = await writeWorkbook(sheets, { features: [{ files: { transform } }] }).toBuffer();
  return new File([new Uint8Array(bytes)], "leads.xlsx", { lastModified: 7 });
}

const people = {
  sheet: "Люди",
  data: [
    [{ value: "name" }, { value: "phone" }, { value: "since" }],
    [
      { value: 'Анна, "А"' },
      { type: Number, value: 79161234567 },
      { type: Date, value: new Date("2026-03-01T00:00:00Z"), format: "dd.mm.yyyy" },
    ],
    [{ value: "Jane" }, { value: "(214) 555-0142" }, null],
  ],
};

it("turns a sheet into rows, with every digit of a phone that was stored as a number", async () => {
  const file = await aWorkbook([people] as Cells);
  expect(await isWorkbook(file)).toBe(true);

  const [sheet, ...others] = await openWorkbook(file);

  expect([sheet?.name, others]).toEqual(["Люди", []]);
  const made = sheet?.toFile();
  expect([made?.name, made?.type, made?.lastModified]).toEqual(["leads.csv", "text/csv", 7]);
  expect(await made?.text()).toBe(
    'name,phone,since\r\n"Анна, ""А""",79161234567,2026-03-01\r\nJane,(214) 555-0142,\r\n',
  );
});

it.each([
  ["7.9161234567E10", "79161234567"],
  ["7.9161234567E+10", "79161234567"],
  ["9.16E+10", "9.16E+10"],
  ["9.16E10", "9.16E10"],
  ["91.6E9", "91.6E9"],
  ["79161234567.0", "79161234567"],
  ["0.5", "0.5"],
])("reads a number stored as %s as %s, without inventing digits", async (kept, shown) => {
  const cells = [{ sheet: "Phones", data: [[{ type: Number, value: 1_234 }]] }] as Cells;
  const file = await aWorkbook(cells, (xml) => xml.replace("<v>1234</v>", `<v>${kept}</v>`));
  const [sheet] = await openWorkbook(file);
  expect(await sheet?.toFile().text()).toBe(`${shown}\r\n`);
});

it("leaves out empty sheets, and keeps the order of the others", async () => {
  const file = await aWorkbook([
    { sheet: "Empty", data: [] },
    people,
    { sheet: "More", data: [[{ value: "+12145550142" }]] },
  ] as Cells);
  expect((await openWorkbook(file)).map(({ name }) => name)).toEqual(["Люди", "More"]);
});

it("distinguishes text, workbooks and other archives", async () => {
  const text = new File(["phone\n+12145550142\n"], "leads.csv");
  expect([await isArchive(text), await isWorkbook(text)]).toEqual([false, false]);
  const archive = new File([Buffer.from("504b030414000600", "hex")], "leads.zip");
  expect([await isArchive(archive), await isWorkbook(archive)]).toEqual([true, false]);
  await expect(openWorkbook(archive)).rejects.toThrow(/zip/i);
});
