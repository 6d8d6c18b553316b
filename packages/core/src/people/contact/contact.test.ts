import { expect, it } from "vitest";
import { readRow } from "../../platform/rows/index.ts";
import { ContactRow, readContactRow } from "./contact.ts";

const fault = (row: unknown) => readRow(ContactRow, row).fault;

it("reads a valid row", () => {
  const row = {
    externalId: " 7 ",
    name: "Ада",
    locale: "ru_RU",
    zone: "Asia/Omsk",
    addressRegion: "ru-oms",
    phones: ["+79161234567"],
  };
  expect(readRow(ContactRow, row).row).toEqual({
    ...row,
    externalId: "7",
    locale: "ru-RU",
    addressRegion: "RU-OMS",
  });
});

it.each([
  [{ zone: "MSK" }, "/zone", "contact.zone-unknown"],
  [{ addressRegion: "US-" }, "/addressRegion", "contact.region-unknown"],
  [{ addressRegion: "Texas" }, "/addressRegion", "contact.region-unknown"],
  [{ locale: "english please" }, "/locale", "contact.locale-unknown"],
  [{ email: "ada" }, "/email", "contact.email-invalid"],
  [{ name: "A\0da" }, "/name", "fault.odd-character"],
  [{ name: "Ada\ud800" }, "/name", "fault.odd-character"],
  [{ attributes: { city: "\udc00" } }, "/attributes/city", "fault.odd-character"],
  [{ attributes: { "\0": 1 } }, "/attributes/\0", "fault.odd-character"],
  [{ name: "a".repeat(257) }, "/name", "fault.too-big"],
  [{ calledParty: "robot" }, "/calledParty", "fault.value"],
  [{ phones: "+12015550100" }, "/phones", "fault.type"],
  [{ phone: "+12015550100", mobile: "+12015550101" }, "/mobile", "fault.unknown-key"],
  ["Ada", "", "fault.type"],
])("says what is wrong with %j", (row, path, key) => {
  expect(fault(row)).toMatchObject({ path, message: { key } });
});

it("reads a locale with a script, however its parts are joined", () => {
  expect(readRow(ContactRow, { locale: "zh_Hant_TW" }).row?.locale).toBe("zh-Hant-TW");
});

it("takes a country for a region", () => {
  expect(readRow(ContactRow, { addressRegion: "DE" }).row?.addressRegion).toBe("DE");
});

const [first, second] = ["+12015550100", "+12015550101"];

const phones = (sent: object) => {
  const read = readContactRow(1, sent, "US");
  return read.status === "read" ? read.phones : read.path;
};

it("accepts a single number, several, or both", () => {
  expect(phones({ phone: "(201) 555-0100" })).toEqual([first]);
  expect(phones({ phone: 12015550100, phones: [second] })).toEqual([first, second]);
  expect(phones({ externalId: "7", phone: " " })).toEqual([]);
  expect(phones({ externalId: "7", phone: null })).toEqual([]);
});

it("names the text that is not a number", () => {
  expect(phones({ phone: "call me", phones: [second] })).toBe("/phone");
  expect(phones({ phone: first, phones: [second, "call me"] })).toBe("/phones/1");
});

it("removes invisible characters from a name", () => {
  const name = "\u202EAda\u202C\u200B";
  expect(ContactRow.parse({ externalId: "c-1", name, phones: [] }).name).toBe("Ada");
});
