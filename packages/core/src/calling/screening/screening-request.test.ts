import { expect, it } from "vitest";
import { ScreenCall, readScreeningRef } from "./screening-request.ts";

it("ignores a relationship with the person that a request claims", () => {
  const call = { phone: "+12125550142", purpose: "marketing" };
  expect(ScreenCall.safeParse(call).success).toBe(true);
  for (const claim of [{ relationship: "transaction" }, { purchasedAt: "2026-03-01T00:00:00Z" }]) {
    expect(ScreenCall.safeParse({ ...call, ...claim }).success).toBe(false);
  }
});

const id = "0195a000-0000-7000-8000-00000000000a";

it("reads the id of a screening, and of a row of a scrub", () => {
  expect(readScreeningRef(id)).toEqual({ screeningId: id });
  expect(readScreeningRef(` ${id.toUpperCase()} `)).toEqual({ screeningId: id });
  expect(readScreeningRef(`${id}.1`)).toEqual({ scrubId: id, row: 1 });
  expect(readScreeningRef(`${id}.1200000`)).toEqual({ scrubId: id, row: 1_200_000 });
});

it.each([
  "",
  ".",
  "7",
  `${id}.`,
  `${id}.0`,
  `${id}.01`,
  `${id}.-1`,
  `${id}.1.2`,
  `${id}.1e3`,
  `x${id}`,
])("takes nothing else for one: %s", (text) => {
  expect(readScreeningRef(text)).toBeNull();
});
