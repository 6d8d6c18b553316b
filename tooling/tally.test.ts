import { expect, it } from "vitest";
import { inWords, judged, sum, tallyOfPlaywright, tallyOfVitest } from "./tally.ts";

it("counts a file that does not load as one that failed", () => {
  const testResults = [
    { status: "passed", assertionResults: [{}, {}] },
    { status: "failed", assertionResults: [{}] },
    { status: "failed", assertionResults: [] },
  ];
  expect(
    tallyOfVitest(JSON.stringify({ numPassedTests: 2, numFailedTests: 1, testResults })),
  ).toEqual({
    passed: 2,
    failed: 2,
  });
});

it("counts what passed at the second attempt, and what kept all from running, as failed", () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1 };
  expect(tallyOfPlaywright(JSON.stringify({ stats, errors: [{}] }))).toEqual({
    passed: 5,
    failed: 3,
  });
});

it("takes no bad end for success", () => {
  expect(judged({ passed: 9, failed: 0 }, 1)).toEqual({ passed: 9, failed: 1 });
  expect(judged({ passed: 9, failed: 2 }, 1)).toEqual({ passed: 9, failed: 2 });
  expect(judged({ passed: 9, failed: 0 }, 0)).toEqual({ passed: 9, failed: 0 });
});

it("sums", () => {
  expect(
    inWords(
      sum([
        { passed: 1, failed: 2 },
        { passed: 3, failed: 0 },
      ]),
    ),
  ).toBe("4 passed, 2 failed");
});
