import { appendFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

/** Number of tests that passed, and for each that failed its name and the first lines of its error. */
export type Tally = { passed: number; failed: string[] };

export const sum = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((total, { passed }) => total + passed, 0),
  failed: tallies.flatMap(({ failed }) => failed),
});

/** Lines of an error that are repeated at the end of a long log: what was expected, and what came. */
const ERROR_LINES = 12;

/** Names a failed test, and repeats the first lines of its errors below. */
function describeFailure(name: string, ...errors: readonly (string | undefined)[]): string {
  const lines = errors.flatMap((error) =>
    stripVTControlCharacters(error ?? "")
      .split("\n")
      .filter((line) => line.trim() !== "")
      .slice(0, ERROR_LINES),
  );
  return [name, ...lines.map((line) => `    ${line}`)].join("\n");
}

/** Tallies vitest's JSON report. A file that fails to load has no tests, yet counts as failed. */
export function tallyVitest(text: string): Tally {
  const report: {
    numPassedTests: number;
    testResults: {
      name: string;
      status: string;
      message?: string;
      assertionResults: { fullName: string; status: string; failureMessages?: string[] }[];
    }[];
  } = JSON.parse(text);
  const failed = report.testResults.flatMap(({ name, status, message, assertionResults }) =>
    status === "failed" && assertionResults.length === 0
      ? [describeFailure(name, message)]
      : assertionResults
          .filter((test) => test.status === "failed")
          .map(({ fullName, failureMessages }) =>
            describeFailure(`${name}: ${fullName}`, failureMessages?.[0]),
          ),
  );
  return { passed: report.numPassedTests, failed };
}

type StoryResult = { errors?: { message?: string }[]; stdout?: { text?: string }[] };
type StoryTest = { status: string; results?: StoryResult[] };
type Suite = {
  suites?: Suite[];
  specs?: { title: string; file: string; tests: StoryTest[] }[];
};

/**
 * Tallies Playwright's JSON report. A test that passed only at its second attempt counts as failed. A failed test is
 * described by its errors and by what its pages showed.
 */
export function tallyPlaywright(text: string): Tally {
  const report: {
    stats: { expected: number };
    suites: Suite[];
    errors: { message?: string }[];
  } = JSON.parse(text);
  const failed = report.suites.flatMap(listSpecs).flatMap(({ file, title, tests }) =>
    tests
      .filter(({ status }) => status === "unexpected" || status === "flaky")
      .map(({ results }) => {
        const failed = results?.find(({ errors }) => errors !== undefined && errors.length > 0);
        const errors = failed?.errors?.map(({ message }) => message) ?? [];
        const shown = failed?.stdout
          ?.map(({ text }) => text)
          .filter((text) => text?.includes(" shows: "));
        return describeFailure(`${file}: ${title}`, ...errors, ...(shown ?? []));
      }),
  );
  const errors = report.errors.map(({ message }) => message ?? "an error without a message");
  return { passed: report.stats.expected, failed: [...failed, ...errors] };
}

const listSpecs = (suite: Suite): NonNullable<Suite["specs"]> => [
  ...(suite.specs ?? []),
  ...(suite.suites ?? []).flatMap(listSpecs),
];

/**
 * Adds a failure if a runner ended badly without naming a test, so that it never looks like
 * success.
 */
export const addRunnerFault = (runner: string, tally: Tally, exitCode: number): Tally =>
  exitCode !== 0 && tally.failed.length === 0
    ? { ...tally, failed: [`${runner} ended with ${exitCode}`] }
    : tally;

export const formatTally = ({ passed, failed }: Tally) =>
  `${passed} passed, ${failed.length} failed`;

/** Returns a function that counts the checks that passed, and prints those that failed. */
export const createCheck =
  (tally: Tally) =>
  (what: string, isSo: boolean, says = "") => {
    if (isSo) return tally.passed++;
    tally.failed.push(what);
    console.error(`NOT SO: ${what}\n${says}`);
  };

/**
 * Reports the tally in a last line, in the exit code, and to a program that sums up several runs.
 */
export function report(tally: Tally) {
  const { RINGFENCE_TALLY } = process.env;
  if (RINGFENCE_TALLY) appendFileSync(RINGFENCE_TALLY, `${JSON.stringify(tally)}\n`);
  console.log([...tally.failed.map((name) => `FAILED ${name}`), formatTally(tally)].join("\n"));
  process.exitCode = tally.failed.length > 0 ? 1 : 0;
}
