import { expect, it } from "vitest";
import { aForm, aFormContext } from "../../../testing/rendered-form.ts";
import { checkForm } from "../form-check/index.ts";
import type { CaptureFormSettings } from "./capture-form.ts";
import { checkFaults } from "./check-faults.ts";

const settings: CaptureFormSettings = {
  disclosures: [],
  origins: ["https://shop.example"],
  jurisdictions: ["GB"],
  name: "none",
  email: "none",
  confirmation: null,
};
const context = aFormContext({ jurisdictions: ["GB"] });
const results = checkForm(aForm(), context);
const [first] = results;
if (first === undefined) throw new Error("there are no checks");

const failed = { result: "fail", evidence: [], faults: [{ message: { key: "x" } }] } as const;
const open = { result: "cannot-tell", evidence: [], question: { key: "x" } } as const;
const withFirst = (finding: object, severities = { GB: "block" }) =>
  [{ ...first, finding, severities }] as unknown as typeof results;
const answer = { check: first.check, holds: true, note: "I looked." };

it("lets a form collect that passed, or is of no page of others", () => {
  expect(
    checkFaults("checkout", settings, withFirst({ result: "pass", evidence: [] }), []),
  ).toEqual([]);
  expect(checkFaults("paper", settings, null, [])).toEqual([]);
  expect(checkFaults("checkout", { ...settings, origins: [] }, null, [])).toEqual([]);
});

it.each([
  ["was not checked", null, [], ["form.unchecked"]],
  ["failed", withFirst(failed), [], ["form.check-failed"]],
  ["failed, whatever an officer says", withFirst(failed), [answer], ["form.check-failed"]],
  ["waits for an answer", withFirst(open), [], ["form.question-open"]],
  ["has a bad answer", withFirst(open), [{ ...answer, holds: false }], ["form.check-failed"]],
  ["has a good answer", withFirst(open), [answer], []],
  ["failed where it only warns", withFirst(failed, { GB: "warn" }), [], []],
  ["failed elsewhere", withFirst(failed, { FR: "block" } as never), [], []],
])("judges one that %s", (_, results, answers, expected) => {
  const faults = checkFaults("checkout", settings, results, answers);
  expect(faults.map(({ key }) => key)).toEqual(expected);
});
