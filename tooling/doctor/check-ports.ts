import { portFaults } from "../preflight.js";
import { findOwner } from "../supervisor/claim.ts";
import type { HouseSettings } from "../supervisor/house-settings.ts";
import { type Finding, findings, fine } from "./finding.ts";

/** Checks that pages and API can listen, or already do. */
export async function checkPorts(settings: HouseSettings): Promise<Finding[]> {
  const { HOST, WEB_PORT, API_PORT } = settings;
  const both = `${WEB_PORT} and ${API_PORT} on ${HOST}`;
  const owner = findOwner(settings.stateFolder);
  if (owner !== null)
    return [fine("ports", `${both}, used by Ringfence itself (process ${owner})`)];
  return findings("ports", await portFaults(HOST, { WEB_PORT, API_PORT }), `${both} are free`);
}
