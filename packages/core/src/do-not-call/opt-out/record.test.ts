import { expect, it } from "vitest";
import { RecordOptOut, findUnreadFields } from "./record.ts";

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
  expect(findUnreadFields(sent)).toEqual([]);
});

it.each<[string, unknown, unknown]>([
  ["region", "Russia", undefined],
  ["scope", { seller: "acme", purpose: "marketing" }, undefined],
  ["scope", "loans", undefined],
  ["channel", "carrier pigeon", "api"],
  ["at", "yesterday", undefined],
  ["note", 5, undefined],
  ["note", "x".repeat(2_001), "x".repeat(2_000)],
  ["recording", 5, undefined],
  ["recording", "x".repeat(2_049), undefined],
  ["phone", 79161234567, "79161234567"],
  ["phone", null, ""],
  ["phone", "1".repeat(257), "1".repeat(256)],
])("records the opt-out despite a bad %s", (field, bad, read) => {
  expect(RecordOptOut.parse({ ...sent, [field]: bad })).toHaveProperty(field, read);
  expect(findUnreadFields({ ...sent, [field]: bad })).toEqual([field]);
});

it("covers all calls if only a number is given", () => {
  expect(RecordOptOut.parse({ phone: "+79161234567" })).toEqual({
    phone: "+79161234567",
    channel: "api",
  });
});
