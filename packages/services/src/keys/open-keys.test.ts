import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { fileWrapping } from "./key-wrapping.ts";
import { openKeys } from "./open-keys.ts";
import { sealWith } from "./seal.ts";

const folder = mkdtempSync(path.join(tmpdir(), "ringfence-keys-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("finds the keys again that it has made, which nobody else may read", () => {
  const [first, again] = [openKeys(folder), openKeys(folder)];

  expect([again.permit.id, again.statement.id, again.vault.id]).toEqual([
    first.permit.id,
    first.statement.id,
    first.vault.id,
  ]);
  expect(first.permit.id).not.toBe(first.statement.id);
  const modes = readdirSync(folder).map((file) => statSync(path.join(folder, file)).mode & 0o777);
  expect(new Set(modes)).toEqual(new Set([0o600]));
});

it.each(["master.key", "vault.key"])("opens nothing with a %s that is empty or cut", (name) => {
  const file = path.join(folder, name);
  openKeys(folder);
  const whole = readFileSync(file, "utf8");
  for (const text of ["", whole.slice(0, 40), whole.slice(4), `${whole.slice(0, 43)}AA=`]) {
    writeFileSync(file, text);
    expect(() => openKeys(folder)).toThrow(/must hold 32 bytes/);
    expect(readFileSync(file, "utf8")).toBe(text);
  }
  writeFileSync(file, whole);
  openKeys(folder);
});

it("leaves no draft beside the keys", () => {
  openKeys(folder);
  expect(readdirSync(folder).toSorted()).toEqual([
    "master.key",
    "permit.pem",
    "statement.pem",
    "vault.key",
  ]);
});

it("opens what it sealed in its own context, and nothing else", () => {
  const { seal, open } = sealWith(new Uint8Array(32).fill(7));
  const bytes = new TextEncoder().encode("+12015550123");
  const sealed = seal(bytes, "one");

  expect(open(sealed, "one")).toEqual(bytes);
  expect(seal(bytes, "one")).not.toEqual(sealed);
  expect(() => open(sealed, "two")).toThrow(/authenticate/);
  for (const place of sealed.keys()) {
    const changed = sealed.with(place, (sealed[place] ?? 0) ^ 1);
    expect(() => open(changed, "one")).toThrow(/authenticate/);
  }
});

it("unwraps no data key of another wrapping key", async () => {
  const seal = sealWith(new Uint8Array(32).fill(7));
  const wrapped = await fileWrapping("old", seal).wrap(new Uint8Array(32).fill(1));
  await expect(fileWrapping("new", seal).unwrap(wrapped, "old")).rejects.toThrow(/wrapped by old/);
});
