import { renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Demo, DemoPhones } from "../demo/demo.ts";
import type { DemoMember } from "../demo/members.ts";
import type { InstallationSettings } from "./installation-settings.ts";

/** Returns the addresses of the apps on this machine, without any proxy in front of them. */
export function localAddresses({ HOST, WEB_PORT, API_PORT }: InstallationSettings) {
  const wildcards: Record<string, string> = { "0.0.0.0": "127.0.0.1", "::": "[::1]" };
  const host = wildcards[HOST] ?? (HOST.includes(":") ? `[${HOST}]` : HOST);
  return { web: `http://${host}:${WEB_PORT}`, api: `http://${host}:${API_PORT}` };
}

const publicAddresses = (settings: InstallationSettings) => ({
  web: settings.PUBLIC_URL,
  api: localAddresses(settings).api.replace("//127.0.0.1:", "//localhost:"),
});

/**
 * Writes the file for people and tests that try the demo (contract 12). It exists only while
 * everything answers.
 */
export function writeDemoFile(settings: InstallationSettings, demo: Demo & DemoPhones) {
  const file = demoFile(settings);
  const text = JSON.stringify({ ...publicAddresses(settings), ...demo }, null, 2);
  writeFileSync(`${file}.unfinished`, `${text}\n`, { mode: 0o600 });
  renameSync(`${file}.unfinished`, file);
}

export const removeDemoFile = (settings: InstallationSettings) =>
  rmSync(demoFile(settings), { force: true });

const demoFile = ({ stateFolder }: InstallationSettings) => path.join(stateFolder, "demo.json");

export function formatReadyMessage(settings: InstallationSettings, demo: Demo | null): string {
  const { web, api } = publicAddresses(settings);
  const addresses = `Ringfence is ready.\n\n  pages  ${web}\n  API    ${api}\n`;
  if (demo === null) return `${addresses}\nCtrl-C stops it.`;
  const file = path.relative(process.cwd(), demoFile(settings));
  return `${addresses}\nSign in to the demo as\n${formatSignIns(demo.members)}\n\nThe API key and more: ${file}. Ctrl-C stops everything.`;
}

export const formatSignIns = (members: readonly DemoMember[]) =>
  members
    .map(({ role, email, password }) => `  ${role.padEnd(10)} ${email.padEnd(24)} ${password}`)
    .join("\n");
