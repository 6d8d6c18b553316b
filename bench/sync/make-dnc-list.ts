import { existsSync, renameSync } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { usNumbers } from "../generators/us-numbers.ts";

/** Makes a flat full list of the US registry of exactly `count` numbers: `818,5550100` per line. */
export async function makeDncList(folder: string, count: number): Promise<string> {
  const file = path.join(folder, `us-dnc-${count}.txt`);
  if (existsSync(file)) return file;
  const out = await open(`${file}.part`, "w");
  try {
    for (const { areaCode, exchange, lines } of usNumbers({ count, seed: 7 })) {
      const rows = makeRows(`${areaCode},${exchange}`, lines);
      await out.writeFile(rows);
    }
  } finally {
    await out.close();
  }
  renameSync(`${file}.part`, file);
  return file;
}

const ends = Array.from({ length: 1_000 }, (_, end) => toWord(`${String(end).padStart(3, "0")}\n`));

/** Writes `818,555` before each of the lines, in words of four bytes: `818,`, `5550` and `100⏎`. */
function makeRows(beginning: string, lines: readonly number[]): Buffer {
  const [first, middle] = [toWord(beginning.slice(0, 4)), toWord(`${beginning.slice(4)}0`)];
  const words = new DataView(new ArrayBuffer(lines.length * 12));
  for (const [index, line] of lines.entries()) {
    words.setUint32(index * 12, first);
    words.setUint32(index * 12 + 4, middle + Math.floor(line / 1_000));
    words.setUint32(index * 12 + 8, ends[line % 1_000] ?? 0);
  }
  return Buffer.from(words.buffer);
}

function toWord(text: string): number {
  return Buffer.from(text).readUInt32BE();
}
