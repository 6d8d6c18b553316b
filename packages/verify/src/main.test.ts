import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { aCertificate, aLiveCertificate, aKeySet } from "@ringfence/core/testing/certificates";
import { afterAll, expect, it } from "vitest";

const folder = mkdtempSync(path.join(tmpdir(), "ringfence-verify-"));
afterAll(() => rmSync(folder, { recursive: true }));
const main = path.join(import.meta.dirname, "main.ts");

function run(content: string, ...args: string[]) {
  const file = path.join(folder, "certificate.json");
  writeFileSync(file, content);
  // No database, no settings, no proxy: only the folder in which Node keeps what it has compiled.
  const { NODE_COMPILE_CACHE } = process.env;
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, file, ...args], {
    env: { NODE_COMPILE_CACHE },
    encoding: "utf8",
  });
  return { stdout, stderr, status };
}

const certificate = aCertificate();

it("says what is proven and what is not, and ends with 0 when nothing is wrong", () => {
  const { stdout, status } = run(JSON.stringify(certificate));
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /Consistent, but only with keys from the file itself:\n {2}≈ Form: [^]* {2}≈ Signature: /,
  );
  expect(stdout).toMatch(/Not proven:\n[^]* {2}· Keys: The keys come from the file itself/);
  expect(stdout).toMatch(/Phone: \+12015550123/);
  expect(stdout).toMatch(
    /\nConsistent, but not proven: .* It no longer applies: see “Since then”\.\n$/,
  );
});

it("speaks Russian, and ends with 1 when something was changed", () => {
  const forged = { ...certificate, words: { language: "en", text: "Anything." } };
  const { stdout, status } = run(JSON.stringify(forged), "--lang", "ru");
  expect(status).toBe(1);
  expect(stdout).toMatch(/✗ Текст: Это не тот текст/);
});

it("exits with 3 for a promise, or a file that does not show whether the consent was withdrawn", () => {
  expect(run(certificate.statement).status).toBe(3);
  const cut = { ...aLiveCertificate(), later: [], chainHead: undefined };
  const { stdout, status } = run(JSON.stringify(cut));
  expect(status).toBe(3);
  expect(stdout).toMatch(/\nCannot tell whether this was withdrawn: /);
});

it("exits with 2 if the file is not a certificate", () => {
  const { stdout, status } = run("Dear Sir or Madam");
  expect(status).toBe(2);
  expect(stdout).toMatch(/\nNot a certificate: there is nothing to check\.\n$/);
});

it("counts by the keys that it is given", () => {
  const policy = path.join(folder, "policy");
  writeFileSync(policy, certificate.policy);
  const keys = path.join(folder, "jwks.json");
  writeFileSync(keys, aKeySet());
  const { stdout, status } = run(
    JSON.stringify(aLiveCertificate()),
    "--policy",
    policy,
    "--keys",
    keys,
  );
  expect(status).toBe(0);
  expect(stdout).toMatch(/✓ Keys: This check uses the keys that you provided/);
  expect(stdout).toMatch(
    /\nGenuine: the keys that you provided prove that the content is unchanged\.\n$/,
  );
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
  for (const option of ["--policy", "--keys", "--roots"]) {
    expect(run("", option, main)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("holds no keys to check with"),
    });
  }
});
