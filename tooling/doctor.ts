// `pnpm run doctor` (pnpm has a doctor of its own): checks this machine and its settings, and says
// how to fix each fault.
import { CannotStart } from "@ringfence/db/postgres";
import { checkDatabase } from "./doctor/check-database.ts";
import { checkDelivery } from "./doctor/check-delivery.ts";
import { checkFolders } from "./doctor/check-folders.ts";
import { checkKeys } from "./doctor/check-keys.ts";
import { checkPorts } from "./doctor/check-ports.ts";
import { checkVersions } from "./doctor/check-versions.ts";
import { type Finding, fine, wrong } from "./doctor/finding.ts";
import {
  assertProxyIsNamed,
  type HouseSettings,
  houseSettings,
} from "./supervisor/house-settings.ts";

const mark = { fine: "ok   ", note: "note ", wrong: "FAULT" };

function readSettings(): HouseSettings | string {
  try {
    const settings = houseSettings(process.env);
    assertProxyIsNamed(settings, process.env);
    return settings;
  } catch (error) {
    if (error instanceof CannotStart) return error.message;
    throw error;
  }
}

async function examine(): Promise<Finding[]> {
  const settings = readSettings();
  if (typeof settings === "string") {
    return [...checkVersions(), ...settings.split("\n").map((fault) => wrong("settings", fault))];
  }
  return [
    ...checkVersions(),
    fine("settings", "each is as it has to be"),
    ...(await checkDatabase(settings)),
    ...(await checkPorts(settings)),
    ...checkDelivery(settings),
    ...checkFolders(settings),
    ...(await checkKeys(settings)),
  ];
}

const found = await examine();
for (const { about, state, says } of found) {
  console.log(`${mark[state]}  ${about.padEnd(12)} ${says}`);
}
process.exitCode = found.some(({ state }) => state === "wrong") ? 1 : 0;
