import { expect, it } from "vitest";
import { aMapping } from "../../../testing/import-mappings.ts";
import { readCells } from "./cells.ts";
import { formatRemarkHeader, formatRemarkLine } from "./import-outcome.ts";

const mapping = aMapping(["name", "phone", "externalId"]);
const outcome = {
  line: 2,
  status: "rejected",
  remarks: [{ field: null, message: { key: "phone.text-long" } }],
} as const;

it("writes no formula into the file of remarks, and leaves plain numbers alone", () => {
  const cells = ["=HYPERLINK(A1)", "+12125550123", "x;@SUM(1)"];
  const line = formatRemarkLine(mapping, [], cells, outcome);
  expect(line).toMatch(/^'=HYPERLINK\(A1\),\+12125550123,x;'@SUM\(1\),rejected,/);
  expect(formatRemarkHeader(mapping, ["=1+1", "phone", "id"])).toBe(
    "'=1+1,phone,id,status,sentence\r\n",
  );
});

it("writes cells that a second import reads as they were", () => {
  const cells = ["-Ada", "+1 (212) 555-0123", "=7"];
  const written = formatRemarkLine(mapping, [], cells, outcome).split(",").slice(0, 3);
  expect(written[0]).toBe("'-Ada");
  const { one } = readCells(mapping, written);
  expect([one("name"), one("phone"), one("externalId")]).toEqual(cells);
});
