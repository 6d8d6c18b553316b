import { expect, it } from "vitest";
import { toExampleFacts } from "../../../testing/example-facts.ts";
import type { RuleExample } from "../../people/jurisdiction/index.ts";
import { screen } from "./screen.ts";

const screened = (phone: string, at: string, enquiredAt: string, region?: string) => {
  const consents: RuleExample["attributes"]["consents"] = [{ source: "enquiry", at: enquiredAt }];
  const expected = { verdict: "allow", reason: null } as const;
  const call = {
    phone,
    at,
    attributes: { consents, ...(region && { region }) },
    expected,
    why: "",
  };
  return screen(toExampleFacts(call)).refusals.map(({ reason }) => reason);
};

it("counts an enquiry as consent where the law does, for as long as it says", () => {
  const noon = "2026-11-30T12:00:00+05:30";
  expect(screened("+91 11 4555 0100", noon, "2026-11-24T12:00:00+05:30")).toEqual([]);
  expect(screened("+91 11 4555 0100", noon, "2026-11-22T12:00:00+05:30")).toEqual([
    "consent-expired",
  ]);
});

it("counts no enquiry elsewhere", () => {
  const noon = "2026-11-30T12:00:00+01:00";
  expect(screened("+49 30 23125 000", noon, "2026-11-29T12:00:00+01:00")).toContain(
    "consent-missing",
  );
});

it("counts no enquiry if another law of the call does not count it", () => {
  const noon = "2026-11-30T12:00:00+05:30";
  const enquiredAt = "2026-11-24T12:00:00+05:30";
  expect(screened("+91 11 4555 0100", noon, enquiredAt, "DE-BE")).toContain("consent-missing");
});
