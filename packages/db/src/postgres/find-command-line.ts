import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** Finds the command line of a process; null if it does not exist. */
export function findCommandLine(pid: number): string | null {
  if (existsSync("/proc/self")) {
    const file = `/proc/${pid}/cmdline`;
    return existsSync(file) ? readFileSync(file, "utf8").replaceAll("\0", " ") : null;
  }
  const { status, stdout } = spawnSync("ps", ["-o", "command=", "-p", String(pid)], {
    encoding: "utf8",
  });
  return status === 0 ? stdout : null;
}
