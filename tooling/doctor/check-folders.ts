import { existsSync, statfsSync, statSync } from "node:fs";
import path from "node:path";
import { folderFaults, GIB } from "../preflight.js";
import type { HouseSettings } from "../supervisor/house-settings.ts";
import { root } from "../supervisor/house-settings.ts";
import { type Finding, findings, fine, note } from "./finding.ts";

/** Checks the folders of Ringfence for space, for write access, and for access by others. */
export function checkFolders({ RINGFENCE_KEY_DIR: keys, RINGFENCE_FILES: files }: HouseSettings) {
  return [
    ...findings("free space", folderFaults(root, 0.5 * GIB), `${freeGib(root)} GiB`),
    ...folderFindings("keys", keys),
    ...(path.isAbsolute(files) ? folderFindings("files", files) : [fine("files", files)]),
  ];
}

export function folderFindings(about: string, folder: string): Finding[] {
  if (!existsSync(folder))
    return [note(about, `${folder} is not there yet: the first start makes it.`)];
  const isOpen = (statSync(folder).mode & 0o077) !== 0;
  const openness = `${folder} is open to other users of this machine: chmod 700 ${folder}`;
  const faults = [...folderFaults(folder, 0.5 * GIB), ...(isOpen ? [openness] : [])];
  return findings(about, faults, `${folder}, writable and private`);
}

function freeGib(folder: string) {
  const { bavail, bsize } = statfsSync(folder);
  return ((bavail * bsize) / GIB).toFixed(1);
}
