import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { claim, claimFile, findOwner } from "./claim.ts";

const stateFolder = mkdtempSync(path.join(tmpdir(), "ringfence-claim-"));
afterAll(() => rmSync(stateFolder, { recursive: true }));

it("refuses a folder that a supervisor uses, and claims it once that is gone", async () => {
  // Looks like a supervisor, and waits until its standard input closes.
  const script = path.join(import.meta.dirname, "../dev.ts");
  const owner = spawn(process.execPath, ["--eval", "process.stdin.resume()", "--", script]);
  await new Promise((resolve) => owner.once("spawn", resolve));
  writeFileSync(path.join(stateFolder, claimFile), String(owner.pid));
  expect(findOwner(stateFolder)).toBe(owner.pid);
  expect(() => claim(stateFolder)).toThrow(`as process ${owner.pid}: stop that`);

  const gone = new Promise((resolve) => owner.once("exit", resolve));
  owner.kill("SIGKILL");
  await gone;
  expect(findOwner(stateFolder)).toBeNull();
  const release = claim(stateFolder);
  release();
});

it("claims a folder whose old process id belongs to another program", () => {
  writeFileSync(path.join(stateFolder, claimFile), "1");
  expect(findOwner(stateFolder)).toBeNull();
});
