import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { lockFile } from "./state-folder-lock.ts";
import { findPublicUrl, savePublicUrl } from "./public-url.ts";
import { readInstallationSettings } from "./installation-settings.ts";

const state = mkdtempSync(path.join(tmpdir(), "ringfence-address-"));
afterAll(() => rmSync(state, { recursive: true }));
const makeSettings = (more: Record<string, string>) =>
  readInstallationSettings({ RINGFENCE_STATE: state, ...more });
const findUrl = (more: Record<string, string> = {}) =>
  findPublicUrl(makeSettings(more), more.PUBLIC_URL);
const database = { DATABASE_URL: "postgresql://a@127.0.0.1/a" };

it("finds the address of the running installation, whatever a command's settings", async () => {
  expect(findUrl()).toBe("http://localhost:3000");
  expect(findUrl(database)).toBeNull();

  savePublicUrl(makeSettings({ WEB_PORT: "3300" }));
  expect(findUrl(database)).toBe("http://localhost:3300");
  expect(findUrl({ PUBLIC_URL: "https://calls.example.com" })).toBe("https://calls.example.com");

  // Looks like a supervisor, and waits until its standard input closes.
  const script = path.join(import.meta.dirname, "../dev.ts");
  const running = spawn(process.execPath, ["--eval", "process.stdin.resume()", "--", script]);
  await new Promise((resolve) => running.once("spawn", resolve));
  writeFileSync(path.join(state, lockFile), String(running.pid));
  expect(findUrl({ PUBLIC_URL: "https://calls.example.com" })).toBe("http://localhost:3300");
  const exited = new Promise((resolve) => running.once("exit", resolve));
  running.stdin.end();
  await exited;
});
