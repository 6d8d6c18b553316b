import { expect, it } from "vitest";
import { ruleBook } from "../../people/jurisdiction/index.ts";
import { clearFacts } from "../../../testing/facts.ts";
import { screened, listWarnings } from "../../../testing/verdicts.ts";

const findDuties = (place: string) =>
  screened({ jurisdictions: [place] }).warnings.flatMap(({ reason, rule }) =>
    reason === "duty" ? rule : [],
  );

it("warns of a registration that the place requires, with its rule and citation", () => {
  expect(findDuties("US-NJ")).toEqual(["US-NJ.registration"]);
  expect(findDuties("US-TX")).toEqual(["US-TX.registration"]);
  expect(screened({ jurisdictions: ["US-TX"] }).warnings).toContainEqual(
    expect.objectContaining({ citation: "Tex. Bus. & Com. Code ch. 302" }),
  );
  expect(findDuties("US")).toEqual([]);
});

it("does not warn before a rule takes effect", () => {
  const before = { ...clearFacts, at: new Date("2025-08-29T16:00:00Z"), consents: [] };
  expect(listWarnings({ ...before, jurisdictions: ["US-TX"] })).not.toContain("duty");
});

it("warns of every rule of effect `warn` that applies to all calls", () => {
  const silent = ruleBook.rules
    .filter(({ effect, status, when }) => {
      return effect === "warn" && status === "in_force" && Object.keys(when).length === 0;
    })
    // Hours of an industry code give a warning only outside these hours.
    .filter(({ type }) => type !== "calling_hours")
    .filter(({ id, jurisdiction }) => !findDuties(jurisdiction).includes(id));
  expect(silent).toEqual([]);
});
