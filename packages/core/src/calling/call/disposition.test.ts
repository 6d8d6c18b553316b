import { expect, it } from "vitest";
import { readDisposition } from "./disposition.ts";

it.each(["DNC", "DNCL", "DNCC", "dnc"])("reads VICIdial's %s as a refusal", (code) => {
  expect(readDisposition("vicidial", code, {})).toBe("refusal");
});

it.each(["SALE", "NA", "CALLBK"])("does not read VICIdial's %s as a refusal", (code) => {
  expect(readDisposition("vicidial", code, {})).toBe("other");
});

it.each([
  "DNC_CLIENT",
  "Do not call",
  "REMOVE",
  "OPTOUT",
  "отказ от звонков",
  "STOP_CALLS",
  "NOT INTERESTED",
  "X-DNC",
])("asks about a code that looks like a refusal and is not mapped: %s", (code) =>
  expect(readDisposition("bitrix24", code, {})).toBe("question"),
);

it.each([
  "no_answer",
  "NO ANSWER",
  "NOT_AVAILABLE",
  "нет ответа",
  "не дозвонились",
  "SALE",
  "constructor",
])("makes nothing of what only tells how a call went: %s", (code) =>
  expect(readDisposition("bitrix24", code, {})).toBe("other"),
);

it("is not misled by names that every object has", () => {
  expect(readDisposition("constructor", "toString", {})).toBe("other");
  expect(readDisposition("vicidial", "__proto__", {})).toBe("other");
});

it("prefers the organization's own reading", () => {
  const mapped = { DNC: "other", "7": "refusal" } as const;
  expect(readDisposition("vicidial", "DNC", mapped)).toBe("other");
  expect(readDisposition("genesys", "7", mapped)).toBe("refusal");
  expect(readDisposition("genesys", "8", mapped)).toBe("other");
});

it("reads our own word for refused calls as a refusal, and the one for a refused offer not", () => {
  expect(readDisposition("bitrix24", "opted_out", {})).toBe("refusal");
  expect(readDisposition("bitrix24", "refused", {})).toBe("other");
});
