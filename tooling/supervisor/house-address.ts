import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findOwner } from "./claim.ts";
import type { HouseSettings } from "./house-settings.ts";

const addressFile = (stateFolder: string) => path.join(stateFolder, "public-url");

/** Saves the address of the pages, for commands that get other settings. */
export const rememberAddress = ({ stateFolder, PUBLIC_URL }: HouseSettings) =>
  writeFileSync(addressFile(stateFolder), PUBLIC_URL);

/**
 * Finds the address of the pages: that of the running installation, else the configured one, else
 * that of the last run. Null if none is known, because a guess would be somebody else's address.
 */
export function findAddress(
  { stateFolder, DATABASE_URL, PUBLIC_URL }: HouseSettings,
  given: string | undefined,
): string | null {
  const file = addressFile(stateFolder);
  const remembered = existsSync(file) ? readFileSync(file, "utf8") : null;
  if (remembered !== null && findOwner(stateFolder) !== null) return remembered;
  if (given || DATABASE_URL === undefined) return PUBLIC_URL;
  return remembered;
}
