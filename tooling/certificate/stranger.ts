import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildPackage } from "ringfence-verify/bundle";
import { disableNetwork } from "../testing/disable-network.ts";

export type CommandOutput = { status: number | null; says: string };

/**
 * A stranger who has a certificate file and our published package, installed from its tarball in an
 * empty folder: no network, no database, no settings and no files of this repository.
 */
export async function createStranger(folder: string) {
  const [packageFolder, home] = [path.join(folder, "package"), path.join(folder, "home")];
  await buildPackage(packageFolder);
  mkdirSync(home);
  const tarball = npm(home, ["pack", "--silent", packageFolder]).trim();
  npm(home, ["install", "--offline", "--no-audit", "--no-fund", path.join(home, tarball)]);
  const isolation = disableNetwork(home);

  const run = (command: string, args: readonly string[]): CommandOutput => {
    const [program = "", ...before] = [...isolation.before, command];
    const { status, stdout, stderr, error } = spawnSync(program, [...before, ...args], {
      cwd: home,
      env: { PATH: searchPath(), HOME: home, ...isolation.env },
      encoding: "utf8",
    });
    if (error) throw error;
    return { status, says: `${stdout}${stderr}` };
  };
  return {
    how: isolation.how,
    /** Saves a file that the stranger was given. */
    saveFile: (name: string, content: string) => writeFileSync(path.join(home, name), content),
    npx: (...args: string[]) => run("npx", ["--no-install", "ringfence-verify", ...args]),
    verify: (...args: string[]) => run(path.join(home, "node_modules/.bin/ringfence-verify"), args),
    node: (script: string) => run(process.execPath, ["--eval", script]),
  };
}

/** Puts our own Node first, which this repository runs on. */
const searchPath = () => `${path.dirname(process.execPath)}:${process.env.PATH}`;

function npm(cwd: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`npm ${args[0]}: ${stderr}`);
  return stdout;
}
