import fc from "fast-check";
import { expect, it } from "vitest";
import { DatePattern, createDateParser } from "./date-pattern.ts";

it.each([
  ["YYYY-MM-DD", "2026-08-05", "2026-08-05T00:00:00Z"],
  ["DD.MM.YYYY", "05.08.2026", "2026-08-05T00:00:00Z"],
  ["M/D/YYYY", "8/5/2026", "2026-08-05T00:00:00Z"],
  ["YYYYMMDD", "20260805", "2026-08-05T00:00:00Z"],
  ["YYYY-MM-DDTHH:mm:ssZ", "2026-08-05T02:20:18Z", "2026-08-05T02:20:18Z"],
  ["YYYY-MM-DD", "1970-01-01", "1970-01-01T00:00:00Z"],
  ["D.M.YYYY HH:mm", "5.12.2026 23:59", "2026-12-05T23:59:00Z"],
])("parses with %s what is written so", (pattern, text, at) => {
  expect(DatePattern.safeParse(pattern).success).toBe(true);
  expect(createDateParser(pattern)(text)).toEqual({ day: at.slice(0, 10), atMs: Date.parse(at) });
});

it.each([
  ["YYYY-MM-DD", "2026-02-30"],
  ["YYYY-MM-DD", "05.08.2026"],
  ["DD.MM.YYYY", "05x08x2026"],
  ["YYYY-MM-DD", "2026-08-05 and more"],
  ["YYYY-MM-DD HH:mm", "2026-08-05 24:00"],
  ["D.M.YYYY", ""],
])("rejects with %s what is not: %j", (pattern, text) => {
  expect(createDateParser(pattern)(text)).toBeNull();
});

it.each([
  "",
  "YYYY-MM",
  "YYYY-MM-DD-DD",
  "YYYY-MM-DD mm",
  "YYYY-MM-DD HH:ss",
  "DMYYYY",
  "YYYY-MM-DD (.*)",
  "YYYY-MM-DD at HH",
])("rejects the pattern %j", (pattern) => {
  expect(DatePattern.safeParse(pattern).success).toBe(false);
});

it("rejects a pattern that could not parse a day written with it", () => {
  const aPattern = fc.string({
    unit: fc.constantFrom(...Array.from("YYYYMMDDHmsT-. /\\(")),
    maxLength: 20,
  });
  fc.assert(
    fc.property(aPattern, (pattern) => {
      if (!DatePattern.safeParse(pattern).success) return;
      const text = pattern.replace("YYYY", "2026").replace(/MM?/, "11").replace(/DD?/, "23");
      const written = text.replace("HH", "04").replace("mm", "05").replace("ss", "06");
      expect(createDateParser(pattern)(written)).toMatchObject({ day: "2026-11-23" });
    }),
    { numRuns: 2_000, examples: [["D. M. YYYY"], ["YYYYMMDDTHHmmss"]] },
  );
});
