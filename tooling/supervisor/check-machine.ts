import { mkdirSync } from "node:fs";
import path from "node:path";
import { CannotStart } from "@ringfence/db/postgres";
import { GIB, folderFaults, portFaults } from "../preflight.js";
import { type InstallationSettings, root } from "./installation-settings.ts";

const neededBytes = 0.5 * GIB;

/** Checks folders and ports before the start takes time. @throws CannotStart with every fault */
export async function assertMachineReady(settings: InstallationSettings) {
  const { HOST, WEB_PORT, API_PORT, RINGFENCE_KEY_DIR, RINGFENCE_FILES } = settings;
  const folders = [settings.stateFolder, RINGFENCE_KEY_DIR, RINGFENCE_FILES];
  const faults = [
    ...folderFaults(root, neededBytes),
    ...folders.filter((folder) => path.isAbsolute(folder)).flatMap(prepareFolder),
    ...(await portFaults(HOST, { WEB_PORT, API_PORT })),
  ];
  if (faults.length > 0) throw new CannotStart(faults.join("\n"));
}

/**
 * Creates a folder that only its owner may read, because it will hold keys and files about people.
 * Returns its faults.
 */
function prepareFolder(folder: string): string[] {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folderFaults(folder, neededBytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [`${folder} cannot be made (${reason}): make it yours, or set another.`];
  }
}
