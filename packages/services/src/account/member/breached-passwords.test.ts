import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dictionary } from "@zxcvbn-ts/language-common";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { isBreached } from "./breached-passwords.ts";
import { isGuessable } from "./password.ts";

const folder = mkdtempSync(path.join(tmpdir(), "stolen-passwords-"));
afterAll(() => rmSync(folder, { recursive: true }));

const toHash = (password: string) =>
  createHash("sha1").update(password).digest("hex").toUpperCase();

/** A file as the downloader writes it: sorted, with counts of different lengths. */
function aList(passwords: readonly string[], lineEnd = "\r\n") {
  const lines = passwords
    .map((password, index) => `${toHash(password)}:${10 ** (index % 9)}${lineEnd}`)
    .toSorted();
  const file = path.join(folder, "pwned.txt");
  writeFileSync(file, lines.join(""));
  return { breachedPasswords: file };
}

const many = Array.from({ length: 2_000 }, (_, n) => `stolen password ${n}`);

it.each(["\n", "\r\n"])("finds every password of a file with lines that end in %j", async (end) => {
  const list = aList(many, end);
  for (const password of many)
    expect([password, await isBreached(list, password)]).toEqual([password, true]);
});

it("finds no other password", async () => {
  const list = aList(many);
  for (let n = 2_000; n < 2_500; n++)
    expect(await isBreached(list, `stolen password ${n}`)).toBe(false);
});

it("reads hashes without counts, in small letters, and without an end of the last line", async () => {
  const file = path.join(folder, "hashes.txt");
  writeFileSync(file, many.map(toHash).toSorted().join("\n").toLowerCase());
  const list = { breachedPasswords: file };
  for (const password of many) expect(await isBreached(list, password)).toBe(true);
  expect(await isBreached(list, "a row of tall thistles")).toBe(false);
});

it("finds what is in a file of any size, and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.string(), { maxLength: 12 }),
      fc.string(),
      async (passwords, other) => {
        const list = aList(passwords);
        for (const password of passwords) expect(await isBreached(list, password)).toBe(true);
        expect(await isBreached(list, other)).toBe(passwords.includes(other));
      },
    ),
    { numRuns: 60 },
  );
});

it("finds nothing without a file, and fails if the file is not there", async () => {
  expect(await isBreached({}, "stolen password 1")).toBe(false);
  const missing = { breachedPasswords: path.join(folder, "missing.txt") };
  await expect(isBreached(missing, "stolen password 1")).rejects.toThrow("ENOENT");
});

it("refuses every long password of the list that comes with the estimator", () => {
  const common: unknown = dictionary["passwords-common"];
  const long = Array.isArray(common)
    ? common.filter((one): one is string => typeof one === "string" && one.length >= 12)
    : [];
  expect(long.length).toBeGreaterThan(50);
  expect(long.filter((password) => !isGuessable(password, []))).toEqual([]);
});
