import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openPackageManager, readPin } from "./package-manager.js";

/** A repository whose pinned pnpm prints a word, and the tarball that a registry would give. */
function scene(word = "genuine") {
  const folder = mkdtempSync(path.join(tmpdir(), "ringfence-pnpm-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const root = path.join(folder, "root");
  const bin = path.join(folder, "package/bin");
  for (const one of [root, bin]) mkdirSync(one, { recursive: true });
  writeFileSync(
    path.join(bin, "pnpm.cjs"),
    `#!/usr/bin/env node\nconsole.log(${JSON.stringify(word)});\n`,
    { mode: 0o755 },
  );
  const tarball = path.join(folder, "pnpm.tgz");
  spawnSync("tar", ["-czf", tarball, "package"], { cwd: folder });
  const bytes = readFileSync(tarball);
  const pin = (hash: string) =>
    writeFileSync(
      path.join(root, "package.json"),
      JSON.stringify({ packageManager: `pnpm@1.2.3+sha512.${hash}` }),
    );
  const asked: string[] = [];
  const open = () =>
    openPackageManager(root, (spec, into) => {
      asked.push(spec);
      writeFileSync(path.join(into, "pnpm-1.2.3.tgz"), bytes);
    });
  return { root, pin, open, asked, sha512: createHash("sha512").update(bytes).digest("hex") };
}

it("downloads the pinned pnpm once, and finds it as a command too", () => {
  const { pin, open, asked, sha512 } = scene();
  pin(sha512);
  const { script } = open();
  const { bin } = open();
  expect(asked).toEqual(["pnpm@1.2.3"]);
  const env = { PATH: `${bin}:${process.env.PATH}` };
  expect(spawnSync(process.execPath, [script], { encoding: "utf8" }).stdout).toBe("genuine\n");
  expect(spawnSync("pnpm", [], { env, encoding: "utf8" }).stdout).toBe("genuine\n");
});

it("unpacks nothing that has another hash, and leaves nothing behind", () => {
  const { root, pin, open, asked } = scene("forged");
  pin("0".repeat(128));
  expect(open).toThrow(/not the one that package.json pins/);
  expect(open).toThrow(/not the one that package.json pins/);
  expect(asked).toHaveLength(2);
  expect(readdirSync(path.join(root, "node_modules/.ringfence-pnpm"))).toEqual([]);
});

it("does not use a package manager that was unpacked for another pin", () => {
  const { pin, open, sha512 } = scene();
  pin(sha512);
  open();
  pin(`${sha512.slice(0, 127)}${sha512.endsWith("0") ? "1" : "0"}`);
  expect(open).toThrow(/not the one that package.json pins/);
});

it.each(["pnpm@10.34.9", "pnpm", "npm@1.2.3", `pnpm@1.2.3+sha256.${"0".repeat(64)}`])(
  "refuses a pin without a hash of 512 bits: %s",
  (packageManager) => expect(() => readPin(packageManager)).toThrow(/by version and hash/),
);
