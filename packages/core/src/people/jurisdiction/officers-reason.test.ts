import { expect, it } from "vitest";
import { OfficersReason, PermanentReason } from "./officers-reason.ts";

const findFault = (text: string) => PermanentReason.safeParse(text).error?.issues[0]?.message;

it.each([
  "Asked for by ada@example.com in June",
  "Agreed with the person at +1 212 555 0123",
  "Agreed with the person at (212) 555-0123",
  "Договорились по номеру 8 (916) 123-45-67",
  "Договорились по номеру 79161234567",
])("refuses a reason that leads to a person: %s", (text) => {
  expect(findFault(text)).toContain("jurisdiction.reason-personal");
  expect(OfficersReason.safeParse(text).success).toBe(true);
});

it.each([
  "Counsel advised it on 2026-11-30, for 2027-01-01",
  "47 CFR 64.1200(d)(6), as amended on 11/30/2026",
  "152-ФЗ, статья 21, часть 7, с 01.09.2025 до 01.09.2028",
  "Docket 02-278, five years (1825 days) after 2026-12-02 09:05",
])("takes a reason with laws, dates and periods: %s", (text) => {
  expect(findFault(text)).toBeUndefined();
});

it("still requires ten characters", () => {
  expect(findFault("no")).toContain("jurisdiction.reason-short");
});
