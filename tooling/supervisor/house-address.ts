import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ownerOf } from "./claim.ts";
import type { HouseSettings } from "./house-settings.ts";

const addressFile = (stateFolder: string) => path.join(stateFolder, "public-url");

/** Writes down where people reach the pages, for commands that are given other settings. */
export const rememberAddress = ({ stateFolder, PUBLIC_URL }: HouseSettings) =>
  writeFileSync(addressFile(stateFolder), PUBLIC_URL);

/**
 * Finds where people reach the pages: as the house that runs was told, else as the settings say, else as
 * the house was told last. Null where nothing says it: a guess would be somebody else's address.
 */
export function findAddress(
  { stateFolder, DATABASE_URL, PUBLIC_URL }: HouseSettings,
  given: string | undefined,
): string | null {
  const file = addressFile(stateFolder);
  const remembered = existsSync(file) ? readFileSync(file, "utf8") : null;
  if (remembered !== null && ownerOf(stateFolder) !== null) return remembered;
  if (given || DATABASE_URL === undefined) return PUBLIC_URL;
  return remembered;
}
