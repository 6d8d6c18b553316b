import { expect, it } from "vitest";
import { type OwnQuery, isWithdrawn } from "./is-withdrawn";

const record = {
  consents: [{ consentId: "in-force" }, { consentId: "ended" }],
  standing: new Set(["in-force"]),
};

it("announces a withdrawal that is on record", () => {
  expect(isWithdrawn({ withdrawn: "ended" }, record)).toBe(true);
});

it.each<OwnQuery>([
  {},
  { taken: "true" },
  { withdrawn: "true" },
  { withdrawn: "" },
  { withdrawn: "in-force" },
  { withdrawn: "another person's" },
  { withdrawn: ["ended", "ended"] },
])("announces none because of a link: %j", (query) => {
  expect(isWithdrawn(query, record)).toBe(false);
});
