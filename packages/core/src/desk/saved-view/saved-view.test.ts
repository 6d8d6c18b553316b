import { expect, it } from "vitest";
import { AddSavedView, mayHoldPhone } from "./saved-view.ts";

const view = { list: "calls", name: "Spring", filters: { campaign: "spring" }, isShared: false };

it.each([
  "+12145550142",
  "214 555-0142",
  "(214) 555.0142",
  "8 (916) 123-45-67",
  "spring 214555014",
  "5550142",
  "12345678",
  "214_555_0142",
  "call 555-01-42",
  "555\u200b0142",
  "٥٥٥٠١٤٢",
  "555 2026-03-01 0142 555",
])("finds that %j may hold a phone number", (text) => expect(mayHoldPhone(text)).toBe(true));

it.each([
  "spring-2026-03-01",
  "2026-03-01 to 2026-03-31",
  "spring_2026",
  "123456",
  "2026-03-01T17:00:00.000Z",
  "member.0195a000-0000-7000-8000-000000000001",
  "0195a000-0000-7000-8000-000000000001",
])("takes %j for no phone number", (text) => expect(mayHoldPhone(text)).toBe(false));

it.each([
  [{ filters: { find: "sealed" } }, "saved-view.search"],
  [{ filters: { campaign: "+1 214 555 0142" } }, "saved-view.phone"],
  [{ name: "Calls to 214-555-0142" }, "saved-view.phone"],
  [{ filters: {} }, "saved-view.no-filters"],
])("refuses a view with %j", (change, message) => {
  const { error } = AddSavedView.safeParse({ ...view, ...change });
  expect(error?.issues[0]?.message).toBe(message);
});

it("accepts a view without a number or a search", () => {
  expect(AddSavedView.parse(view)).toEqual(view);
});
