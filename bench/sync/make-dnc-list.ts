import { existsSync, renameSync } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { usNumbers } from "../generators/us-numbers.ts";

const LINE_BYTES = 12;

/** A flat full list of the US registry, of exactly `count` numbers: `818,5550100` a line. */
export async function makeDncList(folder: string, count: number): Promise<string> {
  const file = path.join(folder, `us-dnc-${count}.txt`);
  if (existsSync(file)) return file;
  const out = await open(`${file}.part`, "w");
  try {
    for (const { areaCode, exchange, lines } of usNumbers({ count, seed: 7 })) {
      const rows = Buffer.alloc(lines.length * LINE_BYTES);
      for (const [index, line] of lines.entries()) {
        const text = `${areaCode},${exchange}${String(line).padStart(4, "0")}\n`;
        rows.write(text, index * LINE_BYTES, "latin1");
      }
      await out.writeFile(rows);
    }
  } finally {
    await out.close();
  }
  renameSync(`${file}.part`, file);
  return file;
}
