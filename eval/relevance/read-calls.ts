import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import type { Observation, Trait } from "@ringfence/core/audience/relevance";
import { parse } from "csv-parse/sync";

const category = (name: string): Trait => ({ name, kind: "category" });
const number = (name: string): Trait => ({ name, kind: "number" });

/** Of the person, and of earlier calls to them. */
export const personTraits: readonly Trait[] = [
  ...["job", "marital", "education", "default", "housing", "loan", "contact"].map(category),
  ...["month", "day_of_week", "poutcome"].map(category),
  ...["age", "campaign", "pdays", "previous"].map(number),
];
/** Of the economy: the same for all people on a day, and told only afterwards. */
export const economicTraits: readonly Trait[] = [
  "emp.var.rate",
  "cons.price.idx",
  "cons.conf.idx",
  "euribor3m",
  "nr.employed",
].map(number);
const columns = [...personTraits, ...economicTraits];

/** What stands for the days since an earlier campaign where there was none. */
const NEVER = 999;

/** The calls of a file of the columns of `bank-additional-full.csv`, packed by gzip or not. */
export async function readCalls(file: string): Promise<Observation[]> {
  const bytes = await readFile(file);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString();
  const rows: Record<string, string>[] = parse(text, {
    columns: true,
    delimiter: [";", ","],
    bom: true,
    skip_empty_lines: true,
  });
  const wanted = [...columns.map(({ name }) => name), "y"];
  const missing = wanted.filter((name) => !Object.hasOwn(rows[0] ?? {}, name));
  if (missing.length > 0)
    throw new Error(`${file} has no ${missing.join(", ")}: see eval/relevance.`);
  return rows.map((row, index) => readCall(row, `${file}:${index + 2}`));
}

function readCall(row: Record<string, string>, place: string): Observation {
  const { y } = row;
  if (y !== "yes" && y !== "no") throw new Error(`${place}: y is “${y}”, neither yes nor no.`);
  const traits = columns.map(({ name, kind }) => {
    const cell = row[name] ?? "";
    if (kind === "category") return [name, cell];
    const value = Number(cell);
    if (cell === "" || Number.isNaN(value))
      throw new Error(`${place}: ${name} is “${cell}”, no number.`);
    return [name, name === "pdays" && value === NEVER ? null : value];
  });
  return { traits: Object.fromEntries(traits), isAccepted: y === "yes" };
}
