import { expect, it } from "vitest";
import { SellerId } from "../../platform/ids.ts";
import { PurposeKey } from "../../account/purpose/index.ts";
import { SellerKey } from "../../account/seller/index.ts";
import type { Mapping } from "./mapping.ts";
import { readCallCells } from "./read-call-cells.ts";

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
  expect(read("c1", "(201) 555-0123", "3/1/2026 9:00 AM", "00:03:20", "SALE", "AI voice")).toEqual({
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
