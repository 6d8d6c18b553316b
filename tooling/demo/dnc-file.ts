import { createHash } from "node:crypto";
import { usNumbers } from "../../bench/generators/us-numbers.ts";
import { zip } from "./zip.ts";

type DncFile = {
  areaCode: number;
  /** How many numbers it lists, those of `including` counted. */
  count: number;
  seed: number;
  /** `2026-08-05` */
  publishedOn: string;
  /** E.164 numbers of the area code that are listed whatever the seed. */
  including?: readonly string[];
  /** Those that are not, whatever the seed. */
  excluding?: readonly string[];
};

/**
 * A full list of one area code as the US National Do Not Call Registry gives it out: flat, one line
 * per number, under its name. The same wishes make the same bytes.
 */
export function dncFile({
  areaCode,
  count,
  seed,
  publishedOn,
  including = [],
  excluding = [],
}: DncFile) {
  const lines = new Set(including.map(lineOf));
  const others = new Set(excluding.map(lineOf));
  for (const { exchange, lines: listed } of usNumbers({ count, seed, areaCodes: [areaCode] })) {
    for (const line of listed) {
      if (lines.size === count) break;
      const made = `${areaCode},${exchange}${String(line).padStart(4, "0")}\n`;
      if (!others.has(made)) lines.add(made);
    }
  }
  const [year = "", month, day] = publishedOn.split("-");
  const name = `${year}-${Number(month)}-${Number(day)}_${areaCode}_${guidOf(areaCode, seed)}.txt`;
  return { name, bytes: Buffer.from([...lines].toSorted().join("")) };
}

const lineOf = (phone: string) => `${phone.slice(2, 5)},${phone.slice(5)}\n`;

/** The same, zipped as the registry zips it: `2026-8-5_818_….txt.zip`. */
export function zippedDncFile(wishes: DncFile) {
  const { name, bytes } = dncFile(wishes);
  return { name: `${name}.zip`, bytes: zip({ [name]: bytes }) };
}

function guidOf(areaCode: number, seed: number) {
  const hex = createHash("sha256").update(`${areaCode}/${seed}`).digest("hex").toUpperCase();
  return [8, 12, 16, 20, 32].map((end, n, ends) => hex.slice(ends[n - 1] ?? 0, end)).join("-");
}
