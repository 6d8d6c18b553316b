import { createHash } from "node:crypto";
import { usNumbers } from "../../bench/generators/us-numbers.ts";
import { zip } from "./zip.ts";

type DncFile = {
  areaCode: number;
  /** Total of listed numbers, those of `including` counted. */
  count: number;
  seed: number;
  /** `2026-08-05` */
  publishedOn: string;
  /** E.164 numbers of the area code that are always listed. */
  including?: readonly string[];
  /** Numbers that are never listed. */
  excluding?: readonly string[];
};

/**
 * Makes a full list of one area code in the format of the US National Do Not Call Registry: flat,
 * one line per number, under its name. The same options make the same bytes.
 */
export function makeDncFile({
  areaCode,
  count,
  seed,
  publishedOn,
  including = [],
  excluding = [],
}: DncFile) {
  const lines = new Set(including.map(toLine));
  const excluded = new Set(excluding.map(toLine));
  for (const { exchange, lines: listed } of usNumbers({ count, seed, areaCodes: [areaCode] })) {
    for (const line of listed) {
      if (lines.size === count) break;
      const row = `${areaCode},${exchange}${String(line).padStart(4, "0")}\n`;
      if (!excluded.has(row)) lines.add(row);
    }
  }
  const [year = "", month, day] = publishedOn.split("-");
  const name = `${year}-${Number(month)}-${Number(day)}_${areaCode}_${makeGuid(areaCode, seed)}.txt`;
  return { name, bytes: Buffer.from([...lines].toSorted().join("")) };
}

const toLine = (phone: string) => `${phone.slice(2, 5)},${phone.slice(5)}\n`;

/** Makes the same list, zipped as the registry zips it: `2026-8-5_818_….txt.zip`. */
export function makeZippedDncFile(options: DncFile) {
  const { name, bytes } = makeDncFile(options);
  return { name: `${name}.zip`, bytes: zip({ [name]: bytes }) };
}

function makeGuid(areaCode: number, seed: number) {
  const hex = createHash("sha256").update(`${areaCode}/${seed}`).digest("hex").toUpperCase();
  return [8, 12, 16, 20, 32].map((end, n, ends) => hex.slice(ends[n - 1] ?? 0, end)).join("-");
}
