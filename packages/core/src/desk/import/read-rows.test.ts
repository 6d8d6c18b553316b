import { describe, expect, it } from "vitest";
import { aMapping } from "../../../testing/import-mappings.ts";
import { findColumnName, toRejectedOutcome } from "./import-outcome.ts";
import type { Mapping } from "./mapping.ts";
import {
  readCallCells,
  readConsentCells,
  readContactCells,
  readOptOutCells,
  readSuppressionCells,
} from "./read-rows.ts";
import { SellerId } from "../../platform/ids.ts";
import { PurposeKey } from "../../account/purpose/index.ts";
import { SellerKey } from "../../account/seller/index.ts";

describe("read cells", () => {
  const russian = {
    region: "RU",
    dateOrder: "day-first",
    zone: "Europe/Moscow",
    locale: "ru",
  } as const;
  const mapping = (columns: Mapping["columns"], defaults?: Mapping["defaults"]) =>
    aMapping(columns, defaults, russian);

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

  it("leaves a fact unknown if its cell is empty or its column is missing", () => {
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
    const listRemarks = (...cells: [string, string]) => {
      const read = of(...cells);
      return read.status === "rejected" && toRejectedOutcome(read).remarks;
    };
    expect(listRemarks("cert 7", leadId)).toMatchObject([
      { field: "trustedForm", message: { key: "consent.trusted-form-odd" } },
    ]);
    expect(listRemarks(trustedForm, "7")).toMatchObject([
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
    expect(read.status === "rejected" && toRejectedOutcome(read)).toMatchObject({
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
    expect(findColumnName(mapping(columns), ["id", " Тел. "], "phone")).toBe("Тел.");
    expect(findColumnName({ ...mapping(columns), hasHeader: false }, [], "phone")).toBe("2");
    expect(findColumnName(mapping(columns), [], "seller")).toBe("seller");
  });
});

describe("read rows", () => {
  const columns = ["externalId", "phone", "at", "seconds", "outcome", "dialer", "screening"];

  const mapping: Mapping = {
    encoding: "utf-8",
    delimiter: ",",
    hasHeader: true,
    columns,
    defaults: { purpose: "marketing" },
    region: "US",
    dateOrder: "month-first",
    zone: "America/Chicago",
    locale: "en",
  };

  const acme = {
    id: SellerId.parse("01890000-0000-7000-8000-00000000000a"),
    key: SellerKey.parse("acme"),
  };

  const world = {
    sellers: [acme],
    purposes: [{ key: PurposeKey.parse("marketing") }],
    region: "RU",
    now: new Date("2026-03-02T00:00:00Z"),
  };

  const read = (...row: string[]) => readCallCells(7, row, mapping, world);

  it("reads a row of a dialer's log by the clock and the country of its file", () => {
    expect(
      read("c1", "(201) 555-0123", "3/1/2026 9:00 AM", "00:03:20", "SALE", "AI voice"),
    ).toEqual({
      status: "read",
      line: 7,
      phone: "+12015550123",
      sellerId: acme.id,
      row: expect.objectContaining({
        externalId: "c1",
        at: new Date("2026-03-01T15:00:00Z"),
        seconds: 200,
        outcome: "SALE",
        purpose: "marketing",
        dialer: "ai_voice",
      }),
    });
  });

  it.each([
    ["200", 200],
    ["3:20", 200],
    ["01:03:20", 3_800],
  ])("reads %s as %i seconds", (cell, seconds) => {
    expect(read("c1", "2015550123", "2026-03-01 09:00", cell)).toMatchObject({ row: { seconds } });
  });

  it.each([
    ["no id", ["", "2015550123", "2026-03-01 09:00"], "/externalId"],
    ["no number", ["c1", "call me", "2026-03-01 09:00"], "/phone"],
    ["no time", ["c1", "2015550123", "yesterday"], "/at"],
    ["a time to come", ["c1", "2015550123", "2026-04-01 09:00"], "/at"],
    ["a length that is none", ["c1", "2015550123", "2026-03-01 09:00", "long"], "/seconds"],
    ["a dialer that is none", ["c1", "2015550123", "2026-03-01 09:00", "", "", "robot"], "/dialer"],
    ["no screening's id", ["c1", "2015550123", "2026-03-01 09:00", "", "", "", "x"], "/screening"],
  ])("rejects a row with %s, and says in which cell", (_, row, path) => {
    expect(read(...row)).toMatchObject({ status: "rejected", line: 7, path });
  });
});
