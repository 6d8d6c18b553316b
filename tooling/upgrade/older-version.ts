import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

/**
 * Writes the files of an older commit into a folder of its own, installs their packages and generates their code, once.
 * Returns the folder. The pages are not built. Throws if the commit is unknown or a command fails.
 */
export function prepareOlderVersion(commit: string): string {
  const id = execFileSync("git", ["rev-parse", "--verify", `${commit}^{commit}`], { cwd: root })
    .toString()
    .trim();
  const folder = path.join(root, ".ringfence/upgrade", id);
  const stamp = path.join(folder, ".ringfence-prepared");
  if (existsSync(stamp)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const archive = `${folder}.tar`;
  execFileSync("git", ["archive", "--output", archive, id], { cwd: root });
  execFileSync("tar", ["-xf", archive, "-C", folder]);
  rmSync(archive);
  const run = (...args: string[]) =>
    execFileSync(process.execPath, args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  run("tooling/install.js");
  run("tooling/pnpm.js", "exec", "turbo", "run", "generate", "--filter=!@ringfence/web");
  writeFileSync(stamp, "");
  return folder;
}
