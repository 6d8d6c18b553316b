import type { CheckResult } from "@ringfence/core/consents/form-check";
import { expect, it } from "vitest";
import { groupChecks } from "./group-form-checks";

const result = (
  check: CheckResult["check"],
  finding: CheckResult["finding"],
  severities: CheckResult["severities"] = { GB: "block" },
): CheckResult => ({ check, finding, severities, grounds: [] });

const message = { key: "form-check.no-text.ask", values: {} } as const;
const failed = { result: "fail", evidence: [], faults: [{ message }] } as const;
const asked = { result: "cannot-tell", evidence: [], question: message } as const;
const results = [
  result("not-pre-ticked", { ...failed, evidence: [], faults: [{ message }] }),
  result("contrast", { ...failed, evidence: [], faults: [{ message }] }, { GB: "warn" }),
  result("text-as-stored", { ...asked, evidence: [] }),
  result("seller-named", { result: "pass", evidence: [] }),
  result("objection-in-call", { result: "not-applicable", evidence: [], because: message }, {}),
];
const namesIn = (groups: ReturnType<typeof groupChecks>["groups"]) =>
  Object.fromEntries([...groups].map(([name, checks]) => [name, checks.map(({ check }) => check)]));

it("puts each check into its group", () => {
  expect(namesIn(groupChecks({ results, jurisdictions: ["GB"], answers: [] }).groups)).toEqual({
    blocks: ["not-pre-ticked"],
    questions: ["text-as-stored"],
    warns: ["contrast"],
    passed: ["seller-named"],
    unasked: ["objection-in-call"],
  });
});

it.each([
  [true, "passed"],
  [false, "blocks"],
] as const)("counts the answer %s to a question", (holds, group) => {
  const answers = [{ check: "text-as-stored", holds, note: "seen" }] as const;
  const { groups } = groupChecks({ results, jurisdictions: ["GB"], answers });
  expect(groups.get("questions")).toBeUndefined();
  expect(groups.get(group)?.map(({ check }) => check)).toContain("text-as-stored");
});
