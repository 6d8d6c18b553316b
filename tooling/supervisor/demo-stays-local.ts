import { CannotStart } from "@ringfence/db/postgres";
import type { InstallationSettings } from "./installation-settings.ts";

const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\]|::1)$/i;

/**
 * Refuses to start the demo where others can reach it: its passwords and its API key are public,
 * and whoever signs in with them sees and changes everything.
 */
export function assertDemoStaysLocal(settings: InstallationSettings) {
  const { HOST, AGI_HOST, PUBLIC_URL, API_URL } = settings;
  const hosts = {
    HOST,
    AGI_HOST,
    PUBLIC_URL: new URL(PUBLIC_URL).hostname,
    API_URL: new URL(API_URL).hostname,
  };
  const reachable = Object.entries(hosts).filter(([, host]) => !LOOPBACK.test(host));
  if (reachable.length === 0) return;
  const listed = reachable.map(([name, host]) => `${name} is ${host}`).join(", ");
  throw new CannotStart(
    `The demo runs on this machine alone, for its passwords are public, but ${listed}. To try it, leave that out. To run Ringfence for others, set DATABASE_URL: then no demo data is loaded.`,
  );
}
