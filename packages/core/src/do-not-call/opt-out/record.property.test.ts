import fc from "fast-check";
import { expect, it } from "vitest";
import { SellerId } from "../../platform/ids.ts";
import { RecordOptOut, type ResolvedOptOut, resolveOptOut } from "./record.ts";

const sellerId = SellerId.parse("01890000-0000-7000-8000-00000000000a");
const known = {
  sellers: [{ id: sellerId, key: "acme" }],
  purposes: [{ key: "marketing" }, { key: "marketing.loans" }],
};
const now = new Date("2026-11-25T12:00:00Z");
const read = (sent: object) =>
  resolveOptOut(RecordOptOut.parse({ phone: "+12015550100", ...sent }), known, now);

const toSellerId = ({ scope }: ResolvedOptOut) =>
  scope.scope === "seller" ? scope.sellerId : undefined;

it("records some opt-out, effective now at the latest, whatever is sent", () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (scope, at) => {
      const refusal = read({ scope, at });
      expect(refusal.at.getTime()).toBeLessThanOrEqual(now.getTime());
      expect([undefined, sellerId]).toContain(toSellerId(refusal));
    }),
  );
});

it("covers all calls, and says so, if it names something unknown", () => {
  fc.assert(
    fc.property(fc.constantFrom("seller", "purpose"), fc.string({ minLength: 1 }), (kind, name) => {
      fc.pre(!["acme", "marketing", "marketing.loans", sellerId].includes(name));
      const { scope, notes } = read({ scope: { [kind]: name } });
      expect(scope).toEqual({ scope: "all" });
      expect(notes).toMatchObject([{ values: { [kind]: name } }]);
    }),
  );
});

it.each([
  [{ seller: "acme" }, { scope: "seller", sellerId }],
  [{ seller: sellerId }, { scope: "seller", sellerId }],
  [{ purpose: "marketing.loans" }, { scope: "purpose", purpose: "marketing.loans" }],
  [{ profiling: true }, { scope: "profiling" }],
  [{}, { scope: "all" }],
  [undefined, { scope: "all" }],
])("accepts %j as it is", (scope, expected) => {
  expect(read({ scope })).toEqual({ scope: expected, at: now, notes: [] });
});

it.each([
  "2026-11-25T12:00:00.001Z",
  "9999-12-31T00:00:00Z",
  "0000-01-01T00:00:00Z",
  "1899-12-31T00:00:00Z",
])("replaces an impossible time by now: %s", (at) => {
  expect(read({ at })).toMatchObject({
    at: now,
    notes: [{ key: "opt-out.time-impossible", values: { at: new Date(at) } }],
  });
});

it.each(["2025-01-01T00:00:00Z", "2025-01-01t03:00:00z", "1970-01-01T00:00:00Z"])(
  "keeps the time at which the person opted out: %s",
  (at) => {
    const said = new Date(at.toUpperCase());
    expect(read({ at })).toEqual({ scope: { scope: "all" }, at: said, notes: [] });
  },
);
