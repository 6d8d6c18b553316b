// `ringfence health api|web|worker`: ends with 0 if that program on this host answers that it is ready, else prints why
// not and ends with 1. For the health checks of containers.
import { readInstallationSettings } from "./supervisor/installation-settings.ts";
import { localAddresses } from "./supervisor/ready-message.ts";

const WAIT_MS = 5000;

try {
  const settings = readInstallationSettings(process.env);
  const { web, api } = localAddresses(settings);
  const worker = localAddresses({ ...settings, API_PORT: settings.WORKER_PORT ?? 0 }).api;
  const addresses: Record<string, string> = { web, api, worker };
  const address = addresses[process.argv[2] ?? ""];
  if (address === undefined) throw new Error("ringfence health api|web|worker");
  if (address === worker && settings.WORKER_PORT === undefined) {
    throw new Error("WORKER_PORT is not set, so the worker does not answer.");
  }
  const response = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(WAIT_MS) });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
