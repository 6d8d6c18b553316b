import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync, statfsSync } from "node:fs";
import path from "node:path";
import {
  findChromium,
  noChromium,
} from "../../packages/services/src/consents/form-check/find-chromium.ts";
import { type InstallationSettings, listPorts, root } from "../supervisor/installation-settings.ts";
import { type Finding, fine, note, toFindings, wrong } from "./finding.ts";
import { readPin } from "../package-manager.js";
import { GIB, folderFaults, portFaults } from "../preflight.js";
import { findRunningSupervisor } from "../supervisor/state-folder-lock.ts";

/** Checks the programs that run, build and test Ringfence. */
export function checkVersions(): Finding[] {
  const pinned = readPin(readJson("package.json").packageManager).version;
  const { version }: { version: string } = readJson("node_modules/node/package.json");
  const { status, stdout } = spawnSync("pnpm", ["--version"], { cwd: root, encoding: "utf8" });
  const isOther = status === 0 && stdout.trim() !== pinned;
  return [
    toNodeFinding(process.versions.node, version),
    isOther
      ? note("pnpm", `is ${stdout.trim()}, and the lockfile is of ${pinned}.`)
      : fine("pnpm", pinned),
    checkChromium(),
  ];
}

export const toNodeFinding = (running: string, pinned: string): Finding =>
  running === pinned
    ? fine("Node", running)
    : wrong("Node", `is ${running}, and Ringfence brings ${pinned}: start it by npm or pnpm.`);

function checkChromium() {
  const chromium = findChromium(process.env);
  return chromium === null ? note("Chromium", noChromium) : fine("Chromium", chromium);
}

const readJson = (file: string) => JSON.parse(readFileSync(path.join(root, file), "utf8"));

/** Checks that pages, API and worker can listen, or already do. */
export async function checkPorts(settings: InstallationSettings): Promise<Finding[]> {
  const ports = listPorts(settings);
  const all = `${Object.values(ports).join(", ")} on ${settings.HOST}`;
  const supervisor = findRunningSupervisor(settings.stateFolder);
  if (supervisor !== null)
    return [fine("ports", `${all}, used by Ringfence itself (process ${supervisor})`)];
  return toFindings("ports", await portFaults(settings.HOST, ports), `${all} are free`);
}

/** Checks the folders of Ringfence for space, for write access, and for access by others. */
export function checkFolders({
  RINGFENCE_KEY_DIR: keys,
  LEDGER_KEY_DIR: ledgerKeys,
  RINGFENCE_FILES: files,
}: InstallationSettings) {
  return [
    ...toFindings("free space", folderFaults(root, 0.5 * GIB), `${readFreeGib(root)} GiB`),
    ...checkFolder("keys", keys),
    ...(ledgerKeys === keys ? [] : checkFolder("keys of the ledger", ledgerKeys)),
    ...(path.isAbsolute(files) ? checkFolder("files", files) : [fine("files", files)]),
  ];
}

/** Checks one folder. */
export function checkFolder(about: string, folder: string): Finding[] {
  if (!existsSync(folder))
    return [note(about, `${folder} is not there yet: the first start makes it.`)];
  const isOpen = (statSync(folder).mode & 0o077) !== 0;
  const permissionFault = `${folder} is open to other users of this machine: chmod 700 ${folder}`;
  const faults = [...folderFaults(folder, 0.5 * GIB), ...(isOpen ? [permissionFault] : [])];
  return toFindings(about, faults, `${folder}, writable and private`);
}

function readFreeGib(folder: string) {
  const { bavail, bsize } = statfsSync(folder);
  return ((bavail * bsize) / GIB).toFixed(1);
}
