import { createReadStream, createWriteStream, existsSync, renameSync } from "node:fs";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";

/** Ways in which people write a number, some of them invalid. */
const spellings = [
  (digits: string) => digits.slice(1),
  (digits: string) => `+1 (${digits.slice(1, 4)}) ${digits.slice(4, 7)}-${digits.slice(7)}`,
  (digits: string) => `${digits.slice(1, 4)}.${digits.slice(4, 7)}.${digits.slice(7)}`,
];
const faults = ["", "n/a", "12", "+1 999", "call him at work"];

/**
 * Makes a copy of the list with every tenth number in another spelling, and none in every
 * thousandth row.
 */
export async function spoilList(list: string, file: string): Promise<string> {
  if (existsSync(file)) return file;
  const lines = createInterface({ input: createReadStream(list) });
  await pipeline(
    async function* () {
      let row = -1;
      for await (const line of lines) yield `${row++ < 0 ? line : spoil(line, row)}\n`;
    },
    createWriteStream(`${file}.part`),
  );
  renameSync(`${file}.part`, file);
  return file;
}

function spoil(line: string, row: number): string {
  const one = <T>(of: readonly T[]) => of[Math.floor(row / 10) % of.length];
  if (row % 1_000 === 0) return line.replace(/,\d{11},/, `,${one(faults)},`);
  if (row % 10 > 0) return line;
  return line.replace(/\d{11}/, (digits) => one(spellings)?.(digits) ?? digits);
}
