import { expect, it } from "vitest";
import { RecordOptOut, listFieldNotes } from "./record.ts";

const sent = {
  phone: "8 916 123-45-67",
  region: "RU",
  scope: { purpose: "marketing.loans" },
  channel: "agent",
  at: "2026-03-02T16:00:00+03:00",
  note: "Asked twice.",
  recording: "https://records.example/1.mp3",
};

it("parses a valid request", () => {
  expect(RecordOptOut.parse(sent)).toEqual({ ...sent, at: new Date("2026-03-02T13:00:00Z") });
  expect(listFieldNotes(sent)).toEqual([]);
});

it.each<[string, unknown, unknown]>([
  ["region", "Russia", undefined],
  ["scope", { seller: "acme", purpose: "marketing" }, undefined],
  ["scope", "loans", undefined],
  ["channel", "carrier pigeon", "api"],
  ["at", "yesterday", undefined],
  ["note", 5, undefined],
  ["recording", 5, undefined],
  ["recording", "x".repeat(2_049), undefined],
  ["phone", [], ""],
])("records the opt-out despite a bad %s, and says that it was left out", (field, bad, read) => {
  expect(RecordOptOut.parse({ ...sent, [field]: bad })).toHaveProperty(field, read);
  expect(listFieldNotes({ ...sent, [field]: bad })).toEqual([
    { key: "opt-out.field-unread", values: { field } },
  ]);
});

it.each([
  ["note", 2_000],
  ["phone", 256],
])("cuts a long %s, and says so", (field, max) => {
  const long = { ...sent, [field]: "1".repeat(max + 1) };
  expect(RecordOptOut.parse(long)).toHaveProperty(field, "1".repeat(max));
  expect(listFieldNotes(long)).toEqual([{ key: "opt-out.field-cut", values: { field, max } }]);
});

it("reads a phone that was sent as a number, and says so", () => {
  const converted = { ...sent, phone: 79161234567 };
  expect(RecordOptOut.parse(converted)).toHaveProperty("phone", "79161234567");
  expect(listFieldNotes(converted)).toEqual([
    { key: "opt-out.field-converted", values: { field: "phone" } },
  ]);
});

it("covers all calls if only a number is given", () => {
  const short = { phone: "+79161234567" };
  expect(RecordOptOut.parse(short)).toEqual({ ...short, channel: "api" });
  expect(listFieldNotes(short)).toEqual([]);
});
