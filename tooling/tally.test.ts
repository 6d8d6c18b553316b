import { expect, it } from "vitest";
import { formatTally, addRunnerFault, sum, tallyPlaywright, tallyVitest } from "./tally.ts";

const spec = (title: string, status: string) => ({ title, file: "a.spec.ts", tests: [{ status }] });

it("repeats the first lines of errors without colors, and what the pages of a story showed", () => {
  const error = {
    message: `\u001B[2mexpect(\u001B[22mverdict)\n\nReceived: "allowed"${"\nlog".repeat(20)}`,
  };
  const errors = [error, { message: "fill: waiting for the dialog" }];
  const stdout = [{ text: "POST /api" }, { text: "/settings shows: Cannot save" }, {}];
  const tests = [{ status: "unexpected", results: [{}, { errors, stdout }] }];
  const suites = [{ specs: [{ title: "refuses", file: "a.spec.ts", tests }] }];
  const failed = { fullName: "adds", status: "failed", failureMessages: ["expected 1 to be 2"] };
  const testResults = [{ name: "a.test.ts", status: "failed", assertionResults: [failed] }];

  const report = { stats: { expected: 0 }, suites, errors: [] };
  const [story = ""] = tallyPlaywright(JSON.stringify(report)).failed;
  expect(story.split("\n").slice(0, 3)).toEqual([
    "a.spec.ts: refuses",
    "    expect(verdict)",
    '    Received: "allowed"',
  ]);
  expect(story.split("\n").slice(13)).toEqual([
    "    fill: waiting for the dialog",
    "    /settings shows: Cannot save",
  ]);
  expect(tallyVitest(JSON.stringify({ numPassedTests: 0, testResults })).failed).toEqual([
    "a.test.ts: adds\n    expected 1 to be 2",
  ]);
});

it("names each failed test, and a file that does not load", () => {
  const passed = { fullName: "adds", status: "passed" };
  const failed = { fullName: "divides by zero", status: "failed" };
  const testResults = [
    { name: "a.test.ts", status: "passed", assertionResults: [passed] },
    { name: "b.test.ts", status: "failed", assertionResults: [passed, failed] },
    { name: "c.test.ts", status: "failed", assertionResults: [] },
  ];
  expect(tallyVitest(JSON.stringify({ numPassedTests: 2, testResults }))).toEqual({
    passed: 2,
    failed: ["b.test.ts: divides by zero", "c.test.ts"],
  });
});

it("counts a test that passed at its second attempt, and an error that kept all from running, as failed", () => {
  const suites = [
    {
      specs: [spec("opens", "expected")],
      suites: [{ specs: [spec("saves", "unexpected"), spec("closes", "flaky")] }],
    },
  ];
  const errors = [{ message: "no server" }];
  expect(tallyPlaywright(JSON.stringify({ stats: { expected: 5 }, suites, errors }))).toEqual({
    passed: 5,
    failed: ["a.spec.ts: saves", "a.spec.ts: closes", "no server"],
  });
});

it("never mistakes a failure for success", () => {
  const good = { passed: 9, failed: [] };
  expect(addRunnerFault("vitest", good, 1)).toEqual({ passed: 9, failed: ["vitest ended with 1"] });
  expect(addRunnerFault("vitest", { ...good, failed: ["a"] }, 1)).toEqual({
    passed: 9,
    failed: ["a"],
  });
  expect(addRunnerFault("vitest", good, 0)).toEqual(good);
});

it("sums", () => {
  const tally = sum([
    { passed: 1, failed: ["a", "b"] },
    { passed: 3, failed: [] },
  ]);
  expect(formatTally(tally)).toBe("4 passed, 2 failed");
});
