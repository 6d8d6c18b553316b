// pnpm eval relevance [--json] [--train <csv> --test <csv>]
import { parseArgs } from "node:util";
import { relevanceEval } from "./relevance/relevance.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    train: { type: "string" },
    test: { type: "string" },
  },
});
const { json, train, test } = values;
if (positionals[0] !== "relevance" || (train === undefined) !== (test === undefined)) {
  console.error(
    "pnpm eval relevance [--json] [--train <csv> --test <csv>]: name both files, or none.",
  );
  process.exit(2);
}

try {
  const files = train !== undefined && test !== undefined ? { train, test } : null;
  const { report, figures, isMet } = await relevanceEval(files);
  console.log(json ? JSON.stringify(figures) : report);
  process.exitCode = isMet ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
