// `pnpm run doctor` (pnpm has a doctor of its own): checks this machine and its settings, and says
// how to fix each fault.
import { CannotStart } from "@ringfence/db/postgres";
import {
  checkDatabase,
  checkDelivery,
  checkKeys,
  checkOptOutCopy,
} from "./doctor/check-installation.ts";
import { checkFolders, checkPorts, checkVersions } from "./doctor/check-machine.ts";
import { type Finding, fine, wrong } from "./doctor/finding.ts";
import {
  type InstallationSettings,
  assertProxyIsNamed,
  readInstallationSettings,
} from "./supervisor/installation-settings.ts";

const marks = { fine: "ok   ", note: "note ", wrong: "FAULT" };

function readSettings(): InstallationSettings | string {
  try {
    const settings = readInstallationSettings(process.env);
    assertProxyIsNamed(settings, process.env);
    return settings;
  } catch (error) {
    if (error instanceof CannotStart) return error.message;
    throw error;
  }
}

async function runChecks(): Promise<Finding[]> {
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
    ...(await checkOptOutCopy(settings)),
  ];
}

const found = await runChecks();
for (const { about, state, says } of found) {
  console.log(`${marks[state]}  ${about.padEnd(12)} ${says}`);
}
process.exitCode = found.some(({ state }) => state === "wrong") ? 1 : 0;
