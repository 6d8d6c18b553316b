import { renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Demo, DemoPhones } from "../demo/demo.ts";
import type { DemoMember } from "../demo/members.ts";
import type { HouseSettings } from "./house-settings.ts";

/** Where the apps answer on this machine, whatever stands before them. */
export function localAddresses({ HOST, WEB_PORT, API_PORT }: HouseSettings) {
  const all: Record<string, string> = { "0.0.0.0": "127.0.0.1", "::": "[::1]" };
  const host = all[HOST] ?? (HOST.includes(":") ? `[${HOST}]` : HOST);
  return { web: `http://${host}:${WEB_PORT}`, api: `http://${host}:${API_PORT}` };
}

const addressesOf = (settings: HouseSettings) => ({
  web: settings.PUBLIC_URL,
  api: localAddresses(settings).api.replace("//127.0.0.1:", "//localhost:"),
});

/** Contract 12: what a person or a test who tries the demo reads. There when everything answers, and not before. */
export function writeDemo(settings: HouseSettings, demo: Demo & DemoPhones) {
  const file = demoFile(settings);
  const text = JSON.stringify({ ...addressesOf(settings), ...demo }, null, 2);
  writeFileSync(`${file}.unfinished`, `${text}\n`, { mode: 0o600 });
  renameSync(`${file}.unfinished`, file);
}

export const removeDemo = (settings: HouseSettings) => rmSync(demoFile(settings), { force: true });

const demoFile = ({ stateFolder }: HouseSettings) => path.join(stateFolder, "demo.json");

export function greeting(settings: HouseSettings, demo: Demo | null): string {
  const { web, api } = addressesOf(settings);
  const addresses = `Ringfence is ready.\n\n  pages  ${web}\n  API    ${api}\n`;
  if (demo === null) return `${addresses}\nCtrl-C stops it.`;
  const file = path.relative(process.cwd(), demoFile(settings));
  return `${addresses}\nSign in to the demo as\n${signIns(demo.members)}\n\nThe API key and more: ${file}. Ctrl-C stops everything.`;
}

export const signIns = (members: readonly DemoMember[]) =>
  members
    .map(({ role, email, password }) => `  ${role.padEnd(10)} ${email.padEnd(24)} ${password}`)
    .join("\n");
