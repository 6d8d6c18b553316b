// @ts-check
// `node tooling/pnpm.js …` runs the pinned pnpm. Programs that it starts find this pnpm too.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { openPackageManager } from "./package-manager.js";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const { script, bin } = openPackageManager(root);
const { status } = spawnSync(process.execPath, [script, ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
});
process.exitCode = status ?? 1;
