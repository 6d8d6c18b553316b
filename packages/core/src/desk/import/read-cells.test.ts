import { expect, it } from "vitest";
import { columnName, rejectedCells } from "./import-outcome.ts";
import type { Mapping } from "./mapping.ts";
import { readConsentCells } from "./read-consent-cells.ts";
import { readContactCells } from "./read-contact-cells.ts";
import { readOptOutCells } from "./read-opt-out-cells.ts";
import { readSuppressionCells } from "./read-suppression-cells.ts";

const mapping = (columns: Mapping["columns"], defaults: Mapping["defaults"] = {}): Mapping => ({
  encoding: "utf-8",
  delimiter: ",",
  hasHeader: true,
  columns,
  defaults,
  region: "RU",
  dateOrder: "day-first",
  zone: "Europe/Moscow",
  locale: "ru",
});
const now = new Date("2026-11-25T12:00:00Z");
const phone = "+79161234567";

it("reads a person, whose parts stand in several columns", () => {
  const columns = ["name", "name", "phone", "phone", "state", "calledParty", "attributes.city"];
  const cells = ["Лавлейс", " Ада ", "8 (916) 123-45-67; 89161234568", "", "MOW", "ИП", "Москва"];

  expect(readContactCells(7, cells, mapping(columns))).toMatchObject({
    status: "read",
    line: 7,
    row: {
      name: "Лавлейс Ада",
      addressRegion: "RU-MOW",
      calledParty: "sole_trader",
      attributes: { city: "Москва" },
    },
    phones: [phone, "+79161234568"],
  });
});

it("says nothing of a person where a cell is empty or there is no such column", () => {
  const read = readContactCells(1, ["a", "", ""], mapping(["externalId", "name", "zone"]));
  expect(read).toMatchObject({ row: { externalId: "a", name: undefined, zone: undefined } });
});

it("reads a consent, and what the file says of all", () => {
  const columns = ["phone", "obtainedAt", "ip", "note", "name"];
  const said = {
    purposes: "marketing, survey",
    channels: "звонок sms",
    disclosureText: "Можно звонить?",
    disclosureLanguage: "ru",
  };
  const cells = ["79161234567.0", "01.03.2026 09:00", "192.0.2.1", "анкета 7", "Ада"];

  expect(readConsentCells(2, cells, mapping(columns, said), { row: 2 })).toMatchObject({
    consent: {
      phone: "79161234567",
      purposes: ["marketing", "survey"],
      channels: ["voice_live", "sms"],
      source: "import",
      disclosure: { text: "Можно звонить?", language: "ru" },
      obtainedAt: new Date("2026-03-01T06:00:00Z"),
      contact: { name: "Ада" },
      evidence: { ip: "192.0.2.1", note: "анкета 7", row: 2 },
    },
  });
});

it("reads what a lead seller hands over, and takes no certificate that cannot be one", () => {
  const columns = ["phone", "obtainedAt", "leadSeller", "trustedForm", "leadId", "retained"];
  const of = (trustedForm: string, leadId: string) =>
    readConsentCells(
      1,
      ["79161234567", "01.03.2026", "Leads Example", trustedForm, leadId, "claim 7"],
      mapping(columns, { purposes: "marketing", channels: "voice_live" }),
      {},
    );
  const trustedForm = `https://cert.trustedform.com/${"0f".repeat(20)}`;
  const leadId = "0195A000-0000-7000-8000-000000000001";
  expect(of(trustedForm, leadId)).toMatchObject({
    consent: {
      disclosure: undefined,
      evidence: { leadSeller: "Leads Example", trustedForm, leadId, retained: "claim 7" },
    },
  });
  const faultOf = (...cells: [string, string]) => {
    const read = of(...cells);
    return read.status === "rejected" && rejectedCells(read).remarks;
  };
  expect(faultOf("cert 7", leadId)).toMatchObject([
    { field: "trustedForm", message: { key: "consent.trusted-form-odd" } },
  ]);
  expect(faultOf(trustedForm, "7")).toMatchObject([
    { field: "leadId", message: { key: "consent.lead-id-odd" } },
  ]);
});

it.each([
  [["79161234567", "", "marketing", "voice_live"], "obtainedAt", "fault.missing"],
  [["79161234567", "soon", "marketing", "voice_live"], "obtainedAt", "import.time-unread"],
  [["9.16E+10", "01.03.2026", "marketing", "voice_live"], "phone", "import.phone-cut"],
  [["79161234567", "01.03.2026", "marketing", "fax"], "channels", "fault.value"],
  [["79161234567", "01.03.2026", "Marketing!", "voice_live"], "purposes", "fault.format"],
  [["79161234567", "01.03.2026", "marketing", "sms", "x"], "disclosureId", "fault.format"],
])("says what is wrong with a consent of %j", (cells, field, key) => {
  const columns = ["phone", "obtainedAt", "purposes", "channels", "disclosureId"];
  const words = { disclosureText: "Yes?", disclosureLanguage: "en" };
  const read = readConsentCells(3, cells, mapping(columns, words), {});
  expect(read.status === "rejected" && rejectedCells(read)).toMatchObject({
    line: 3,
    remarks: [{ field, message: { key } }],
  });
});

it("reads a refusal, and loses it for nothing but the number", () => {
  const columns = ["phone", "at", "seller", "purpose", "channel"];
  const read = (cells: string[]) => readOptOutCells(1, cells, mapping(columns));

  expect(read(["89161234567", "01.03.2026", "acme", "", "sms"])).toMatchObject({
    phone,
    at: new Date("2026-02-28T21:00:00Z"),
    scope: { seller: "acme" },
    channel: "sms",
    remarks: [],
  });
  expect(read(["89161234567", "давно", "acme", "marketing", "голубь"])).toMatchObject({
    at: null,
    scope: {},
    channel: "import",
    remarks: [{ field: "at", message: { key: "import.time-unread" } }],
  });
  expect(read(["ada@example.org"])).toMatchObject({
    status: "rejected",
    path: "/phone",
    message: { key: "import.email-not-phone" },
  });
});

it("reads a suppression, whose last day still counts", () => {
  const columns = ["phone", "reason", "at", "until"];
  const read = (cells: string[]) => readSuppressionCells(1, cells, mapping(columns), now);

  expect(read(["89161234567", "Партнёр", "", "31.12.2026"])).toMatchObject({
    reason: "partner_list",
    at: null,
    until: new Date("2026-12-31T21:00:00Z"),
  });
  expect(read(["89161234567", "annoying", "", ""])).toMatchObject({ path: "/reason" });
  expect(read(["89161234567", "умер", "", "01.01.2020"])).toMatchObject({ path: "/until" });
  expect(read(["89161234567", "умер", "x", ""])).toMatchObject({ path: "/at" });
});

it("calls a column as its file does", () => {
  const columns = [null, "phone", "phone"];
  expect(columnName(mapping(columns), ["id", " Тел. "], "phone")).toBe("Тел.");
  expect(columnName({ ...mapping(columns), hasHeader: false }, [], "phone")).toBe("2");
  expect(columnName(mapping(columns), [], "seller")).toBe("seller");
});
