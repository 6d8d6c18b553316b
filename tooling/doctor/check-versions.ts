import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import {
  findChromium,
  noChromium,
} from "../../packages/services/src/consents/form-check/find-chromium.ts";
import { root } from "../supervisor/house-settings.ts";
import { type Finding, fine, note, wrong } from "./finding.ts";

/** Checks the programs that run, build and test Ringfence. */
export function checkVersions(): Finding[] {
  const { packageManager }: { packageManager: string } = read("package.json");
  const { version }: { version: string } = read("node_modules/node/package.json");
  const { status, stdout } = spawnSync("pnpm", ["--version"], { cwd: root, encoding: "utf8" });
  const isOther = status === 0 && `pnpm@${stdout.trim()}` !== packageManager;
  return [
    nodeFinding(process.versions.node, version),
    isOther
      ? note("pnpm", `is ${stdout.trim()}, and the lockfile is of ${packageManager}.`)
      : fine("pnpm", packageManager.replace("pnpm@", "")),
    chromiumFinding(),
  ];
}

export const nodeFinding = (running: string, pinned: string): Finding =>
  running === pinned
    ? fine("Node", running)
    : wrong("Node", `is ${running}, and Ringfence brings ${pinned}: start it by npm or pnpm.`);

function chromiumFinding() {
  const chromium = findChromium(process.env);
  return chromium === null ? note("Chromium", noChromium) : fine("Chromium", chromium);
}

const read = (file: string) => JSON.parse(readFileSync(path.join(root, file), "utf8"));
