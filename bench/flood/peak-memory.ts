import { readFile, writeFile } from "node:fs/promises";

/** The most memory that a process had since it was last asked, in MiB (Linux). */
export async function readPeakMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const [, kibibytes = ""] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  await writeFile(`/proc/${pid}/clear_refs`, "5");
  return Math.round(Number(kibibytes) / 1024);
}
