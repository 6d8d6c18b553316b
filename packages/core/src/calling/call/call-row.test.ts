import { expect, it } from "vitest";
import { SellerId } from "../../platform/ids.ts";
import { readCallRow } from "./call-row.ts";

const acme = SellerId.parse("01890000-0000-7000-8000-00000000000a");
const world = {
  sellers: [{ id: acme, key: "acme" }],
  purposes: [{ key: "marketing" }],
  region: "US",
  now: new Date("2026-03-01T12:00:00Z"),
};
const call = { phone: 12015550100, purpose: "marketing", at: "2026-03-01T11:00:00Z" };

it("reads a call of the only seller", () => {
  expect(readCallRow(1, call, world)).toMatchObject({ phone: "+12015550100", sellerId: acme });
});

it.each([
  // Misspelled, a refusal would be lost, and a call would look as if nothing had allowed it.
  [{ disposition: "opted_out" }, "/disposition", "fault.unknown-key"],
  [{ screeningId: acme }, "/screeningId", "fault.unknown-key"],
  [{ phone: "call me" }, "/phone", "phone.letters"],
  [{ at: "2026-03-01T12:00:01Z" }, "/at", "call.from-the-future"],
  [{ seller: "bank" }, "/seller", "seller.unknown"],
  [{ purpose: "surveys" }, "/purpose", "purpose.unknown"],
])("rejects what it cannot take as it is meant: %j", (more, path, key) => {
  expect(readCallRow(4, { ...call, ...more }, world)).toMatchObject({
    line: 4,
    status: "rejected",
    path,
    message: { key },
  });
});
