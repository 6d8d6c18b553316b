import { appendFileSync } from "node:fs";

/** How many tests passed, and the names of those that failed. */
export type Tally = { passed: number; failed: string[] };

export const sum = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((total, { passed }) => total + passed, 0),
  failed: tallies.flatMap(({ failed }) => failed),
});

/** Of the text of vitest's JSON report. A file that does not load has no tests, and yet failed. */
export function tallyOfVitest(text: string): Tally {
  const report: {
    numPassedTests: number;
    testResults: {
      name: string;
      status: string;
      assertionResults: { fullName: string; status: string }[];
    }[];
  } = JSON.parse(text);
  const failed = report.testResults.flatMap(({ name, status, assertionResults }) =>
    status === "failed" && assertionResults.length === 0
      ? [name]
      : assertionResults
          .filter((test) => test.status === "failed")
          .map(({ fullName }) => `${name}: ${fullName}`),
  );
  return { passed: report.numPassedTests, failed };
}

type Suite = {
  suites?: Suite[];
  specs?: { title: string; file: string; tests: { status: string }[] }[];
};

/** Of the text of Playwright's JSON report. What passed at a second attempt failed. */
export function tallyOfPlaywright(text: string): Tally {
  const report: {
    stats: { expected: number };
    suites: Suite[];
    errors: { message?: string }[];
  } = JSON.parse(text);
  const failed = report.suites
    .flatMap(specsIn)
    .flatMap(({ file, title, tests }) =>
      tests
        .filter(({ status }) => status === "unexpected" || status === "flaky")
        .map(() => `${file}: ${title}`),
    );
  const errors = report.errors.map(({ message }) => message ?? "an error without a message");
  return { passed: report.stats.expected, failed: [...failed, ...errors] };
}

const specsIn = (suite: Suite): NonNullable<Suite["specs"]> => [
  ...(suite.specs ?? []),
  ...(suite.suites ?? []).flatMap(specsIn),
];

/** A runner that ends badly failed, even if it can name no test: it never looks like success. */
export const judged = (runner: string, tally: Tally, exitCode: number): Tally =>
  exitCode !== 0 && tally.failed.length === 0
    ? { ...tally, failed: [`${runner} ended with ${exitCode}`] }
    : tally;

export const inWords = ({ passed, failed }: Tally) => `${passed} passed, ${failed.length} failed`;

/** Says it in a last line, in the exit code, and to whoever runs several programs and sums them up. */
export function report(tally: Tally) {
  const { RINGFENCE_TALLY } = process.env;
  if (RINGFENCE_TALLY) appendFileSync(RINGFENCE_TALLY, `${JSON.stringify(tally)}\n`);
  console.log([...tally.failed.map((name) => `FAILED ${name}`), inWords(tally)].join("\n"));
  process.exitCode = tally.failed.length > 0 ? 1 : 0;
}
