import { expect, it } from "vitest";
import { toDays } from "./span.ts";
import { passes } from "./value-test.ts";

const isWithin = (text: string, from: string, to: string) =>
  passes({ test: "day", when: { span: "between", from, to } }, { text, number: null }, (span) =>
    toDays(span, 0),
  );

it.each(["2024-02-30", "2024-02-31", "2023-02-29", "1900-02-29", "2024-04-31", "2024-13-01"])(
  "rejects %s, a day that does not exist",
  (text) => {
    expect(isWithin(text, "1900-01-01", "2025-12-31")).toBe(false);
  },
);

it.each(["2024-02-29", "2000-02-29", "2024-12-31", "2024-04-30"])("accepts %s", (text) => {
  expect(isWithin(text, text, text)).toBe(true);
  expect(isWithin(text, "1900-01-01", "2025-12-31")).toBe(true);
});
