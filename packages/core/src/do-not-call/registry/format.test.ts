import { expect, it } from "vitest";
import { toComparable, readText } from "../../../testing/registry-files.ts";
import { type TableFormKey, tableForms } from "./format.ts";

const read = (form: TableFormKey, text: string) =>
  toComparable(readText({ reader: "csv", mapping: tableForms[form].mapping("US") }, text));

it.each<[TableFormKey, string]>([
  ["bitrix24", "8185550101;spam\nada@example.com;\n8185550102;\n"],
  [
    "livevox",
    "Phone Number,Contact Group Id,Days To Expiry\r\n8185550101,7,30\r\n8185550102,,0\r\n",
  ],
  ["thulium", '8185550101,2026-08-05,asked for it\n8185550102,2026-08-06,"said no, twice"\n'],
  [
    "ringfence",
    "phone;reason;source;added_at;expires_at;comment\n" +
      "+18185550101;litigator;partner;2026-08-05T10:00:00Z;;\n" +
      '+18185550102;complaint;web;2026-08-06T10:00:00Z;2027-08-06T10:00:00Z;"asked; twice"\n',
  ],
  ["ru-refused", "phone;result\n8185550101;refused\n8185550103;connected\n8185550102;refused\n"],
])("reads a list as %s gives it out", (form, text) => {
  expect(read(form, text)).toMatchObject({
    kind: "full",
    added: [18_185_550_101, 18_185_550_102],
    unreadable: 0,
  });
});

it.each<[TableFormKey, string, string]>([
  ["livevox", "Phone,Days\n8185550101,30\n", "column"],
  ["thulium", "2026-08-05,8185550101,asked\n", "no-number"],
  ["ringfence", "phone,reason\n+18185550101,litigator\n", "column"],
  ["ru-refused", "phone;result\n8185550101;busy\n", "flag"],
])("refuses what is not as %s gives it out", (form, text, fault) => {
  expect(read(form, text)).toEqual({ refused: [`registry.fault.${fault}`] });
});
