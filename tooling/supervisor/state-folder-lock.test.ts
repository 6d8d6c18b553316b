import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { findRunningSupervisor, lockFile, lockStateFolder } from "./state-folder-lock.ts";

const stateFolder = mkdtempSync(path.join(tmpdir(), "ringfence-lock-"));
afterAll(() => rmSync(stateFolder, { recursive: true }));

it("refuses a folder that a supervisor uses, and locks it once that supervisor is gone", async () => {
  // Looks like a supervisor, and waits until its standard input closes.
  const script = path.join(import.meta.dirname, "../dev.ts");
  const running = spawn(process.execPath, ["--eval", "process.stdin.resume()", "--", script]);
  await new Promise((resolve) => running.once("spawn", resolve));
  writeFileSync(path.join(stateFolder, lockFile), String(running.pid));
  expect(findRunningSupervisor(stateFolder)).toBe(running.pid);
  expect(() => lockStateFolder(stateFolder)).toThrow(`as process ${running.pid}: stop that`);

  const exited = new Promise((resolve) => running.once("exit", resolve));
  running.kill("SIGKILL");
  await exited;
  expect(findRunningSupervisor(stateFolder)).toBeNull();
  const unlock = lockStateFolder(stateFolder);
  unlock();
});

it("locks a folder whose old process id belongs to another program", () => {
  writeFileSync(path.join(stateFolder, lockFile), "1");
  expect(findRunningSupervisor(stateFolder)).toBeNull();
});
