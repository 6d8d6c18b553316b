import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { claimFile } from "./claim.ts";
import { findAddress, rememberAddress } from "./house-address.ts";
import { houseSettings } from "./house-settings.ts";

const state = mkdtempSync(path.join(tmpdir(), "ringfence-address-"));
afterAll(() => rmSync(state, { recursive: true }));
const makeSettings = (more: Record<string, string>) =>
  houseSettings({ RINGFENCE_STATE: state, ...more });
const findTold = (more: Record<string, string> = {}) =>
  findAddress(makeSettings(more), more.PUBLIC_URL);
const database = { DATABASE_URL: "postgresql://a@127.0.0.1/a" };

it("finds the address of the running installation, whatever a command's settings", async () => {
  expect(findTold()).toBe("http://localhost:3000");
  expect(findTold(database)).toBeNull();

  rememberAddress(makeSettings({ WEB_PORT: "3300" }));
  expect(findTold(database)).toBe("http://localhost:3300");
  expect(findTold({ PUBLIC_URL: "https://calls.example.com" })).toBe("https://calls.example.com");

  // Looks like a supervisor, and waits until its standard input closes.
  const script = path.join(import.meta.dirname, "../dev.ts");
  const owner = spawn(process.execPath, ["--eval", "process.stdin.resume()", "--", script]);
  await new Promise((resolve) => owner.once("spawn", resolve));
  writeFileSync(path.join(state, claimFile), String(owner.pid));
  expect(findTold({ PUBLIC_URL: "https://calls.example.com" })).toBe("http://localhost:3300");
  const gone = new Promise((resolve) => owner.once("exit", resolve));
  owner.stdin.end();
  await gone;
});
