/** How many tests passed and failed. */
export type Tally = { passed: number; failed: number };

export const sum = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((total, { passed }) => total + passed, 0),
  failed: tallies.reduce((total, { failed }) => total + failed, 0),
});

/** Of the text of vitest's JSON report. A file that does not load has no tests, and yet failed. */
export function tallyOfVitest(text: string): Tally {
  const report: {
    numPassedTests: number;
    numFailedTests: number;
    testResults: { status: string; assertionResults: unknown[] }[];
  } = JSON.parse(text);
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}

/** Of the text of Playwright's JSON report. What passed at a second attempt failed. */
export function tallyOfPlaywright(text: string): Tally {
  const report: {
    stats: { expected: number; unexpected: number; flaky: number };
    errors: unknown[];
  } = JSON.parse(text);
  const { expected, unexpected, flaky } = report.stats;
  return { passed: expected, failed: unexpected + flaky + report.errors.length };
}

/** A runner that ends badly failed, even if it can name no test: it never looks like success. */
export const judged = (tally: Tally, exitCode: number): Tally =>
  exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;

export const inWords = ({ passed, failed }: Tally) => `${passed} passed, ${failed} failed`;
