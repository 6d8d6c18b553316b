import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { claim, claimFile, ownerOf } from "./claim.ts";

const stateFolder = mkdtempSync(path.join(tmpdir(), "ringfence-claim-"));
afterAll(() => rmSync(stateFolder, { recursive: true }));

it("refuses a folder that a supervisor runs on, and takes it when that is gone", async () => {
  // It looks like a supervisor, and waits for its end on its standard input.
  const script = path.join(import.meta.dirname, "../dev.ts");
  const owner = spawn(process.execPath, ["--eval", "process.stdin.resume()", "--", script]);
  await new Promise((resolve) => owner.once("spawn", resolve));
  writeFileSync(path.join(stateFolder, claimFile), String(owner.pid));
  expect(ownerOf(stateFolder)).toBe(owner.pid);
  expect(() => claim(stateFolder)).toThrow(`as process ${owner.pid}: stop that`);

  const gone = new Promise((resolve) => owner.once("exit", resolve));
  owner.kill("SIGKILL");
  await gone;
  expect(ownerOf(stateFolder)).toBeNull();
  const release = claim(stateFolder);
  release();
});

it("is not kept from a folder by another program that has the number of one that is gone", () => {
  writeFileSync(path.join(stateFolder, claimFile), "1");
  expect(ownerOf(stateFolder)).toBeNull();
});
