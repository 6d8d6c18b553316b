import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findRunningSupervisor } from "./state-folder-lock.ts";
import type { InstallationSettings } from "./installation-settings.ts";

const publicUrlFile = (stateFolder: string) => path.join(stateFolder, "public-url");

/** Saves the address of the pages, for commands that run with other settings. */
export const savePublicUrl = ({ stateFolder, PUBLIC_URL }: InstallationSettings) =>
  writeFileSync(publicUrlFile(stateFolder), PUBLIC_URL);

/**
 * Finds the address of the pages: that of the running installation, else the configured one, else
 * that of the last run. Null if none is known, because a guess would be somebody else's address.
 */
export function findPublicUrl(
  { stateFolder, DATABASE_URL, PUBLIC_URL }: InstallationSettings,
  configured: string | undefined,
): string | null {
  const file = publicUrlFile(stateFolder);
  const saved = existsSync(file) ? readFileSync(file, "utf8") : null;
  if (saved !== null && findRunningSupervisor(stateFolder) !== null) return saved;
  if (configured || DATABASE_URL === undefined) return PUBLIC_URL;
  return saved;
}
