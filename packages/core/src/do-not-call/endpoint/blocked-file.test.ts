import { expect, it } from "vitest";
import { BLOCKED_FILE_HEADER, toBlockedLine } from "./blocked-file.ts";

it("writes a number in as many cells as the header has", () => {
  const at = new Date("2026-03-01T09:00:00Z");
  const line = toBlockedLine({
    phone: "+12015550100",
    scope: "seller",
    seller: "acme",
    purpose: null,
    at,
    reference: "AB12CD34",
  });
  expect(line).toBe("+12015550100,seller,acme,,2026-03-01T09:00:00.000Z,AB12CD34\r\n");
  expect(line.split(",")).toHaveLength(BLOCKED_FILE_HEADER.split(",").length);
});
