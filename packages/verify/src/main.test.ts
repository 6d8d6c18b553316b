import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { aCertificate } from "@ringfence/core/testing/certificates";
import { afterAll, expect, it } from "vitest";

const folder = mkdtempSync(path.join(tmpdir(), "ringfence-verify-"));
afterAll(() => rmSync(folder, { recursive: true }));
const main = path.join(import.meta.dirname, "main.ts");

function run(content: string, ...args: string[]) {
  const file = path.join(folder, "certificate.json");
  writeFileSync(file, content);
  // Of the environment nothing is given: no database, no settings, no proxy.
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, file, ...args], {
    env: {},
    encoding: "utf8",
  });
  return { stdout, stderr, status };
}

const certificate = aCertificate();

it("says step by step what it found, and ends with 0 when it holds", () => {
  const { stdout, status } = run(JSON.stringify(certificate));
  expect(status).toBe(0);
  expect(stdout).toMatch(/✓ Signature: The statement is signed/);
  expect(stdout).toMatch(/Phone: \+12015550123/);
  expect(stdout).toMatch(/This holds: nothing in it was changed\.\n$/);
});

it("speaks Russian, and ends with 1 when something was changed", () => {
  const forged = { ...certificate, words: { language: "en", text: "Anything." } };
  const { stdout, status } = run(JSON.stringify(forged), "--lang", "ru");
  expect(status).toBe(1);
  expect(stdout).toMatch(/✗ Текст: Это не тот текст/);
});

it("ends with 3 for what is a promise yet", () => {
  expect(run(certificate.statement).status).toBe(3);
});

it("counts by the keys that it is given", () => {
  const policy = path.join(folder, "policy");
  writeFileSync(policy, certificate.policy);
  const { stdout, status } = run(JSON.stringify(certificate), "--policy", policy);
  expect(status).toBe(0);
  expect(stdout).toMatch(/The keys that count are those that you gave/);
});

it("says how it is used when it is not", () => {
  expect(run("", "--unknown")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("Usage: ringfence-verify"),
  });
  expect(run("", "--policy", "/nowhere")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("/nowhere cannot be read"),
  });
});
