import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import type { Observation, Trait } from "@ringfence/core/audience/relevance";
import { parse } from "csv-parse/sync";

const category = (name: string): Trait => ({ name, kind: "category" });
const number = (name: string): Trait => ({ name, kind: "number" });

/** Traits of the person, and of earlier calls to them. */
export const personTraits: readonly Trait[] = [
  ...["job", "marital", "education", "default", "housing", "loan", "contact"].map(category),
  ...["month", "day_of_week", "poutcome"].map(category),
  ...["age", "campaign", "pdays", "previous"].map(number),
];
/** Traits of the economy: the same for everybody on a day, and known only afterwards. */
export const economicTraits: readonly Trait[] = [
  "emp.var.rate",
  "cons.price.idx",
  "cons.conf.idx",
  "euribor3m",
  "nr.employed",
].map(number);
const columns = [...personTraits, ...economicTraits];

/** The file's value for "no earlier campaign" in the days since the last one. */
const NEVER = 999;

/** Reads calls from a file with the columns of `bank-additional-full.csv`, gzipped or not. */
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
