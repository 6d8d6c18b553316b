import type { Figures } from "./figures.ts";

/**
 * Best result of Moro, Cortez and Rita 2014: a neural network of 22 features, over the whole file.
 */
const paper = { auc: "0.80", alift: "0.70", betterHalf: "79 %" };

const columns = ["", "AUC", "95 %", "ALIFT", "better half", "lift at 10 %", "calibration error"];

/** Formats a table with one line per test, next to the paper's figures. */
export function formatReport(data: string, tests: readonly (Figures & { name: string })[]): string {
  const lines = tests.map((test) => [
    test.name,
    test.auc.toFixed(3),
    test.interval.map((end) => end.toFixed(3)).join(" to "),
    test.alift.toFixed(3),
    `${Math.round(test.betterHalf * 100)} %`,
    test.lift10.toFixed(2),
    test.calibrationError.toFixed(4),
  ]);
  const theirs = [
    "Moro et al. 2014, whole file",
    paper.auc,
    "",
    paper.alift,
    paper.betterHalf,
    "",
    "",
  ];
  const table = [columns, ...lines, theirs];
  const widths = columns.map((_, column) =>
    Math.max(...table.map((line) => (line[column] ?? "").length)),
  );
  const rows = table.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [`relevance: ${data}`, ...rows, ...tests.map(toSentence)].join("\n");
}

const toSentence = ({ name, calls, accepted, interval }: Figures & { name: string }) => {
  const tested = `${name}: tested on ${calls} calls, ${Math.round(accepted)} accepted`;
  return interval[0] < 0.55
    ? `${tested}; no better than chance: below 0.55 is within its interval`
    : tested;
};
