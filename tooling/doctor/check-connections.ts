import { smallestPoolSize } from "@ringfence/core/platform/settings";
import { countPools } from "@ringfence/db";
import { queueConnections } from "../../apps/worker/src/lanes.ts";
import type { InstallationSettings } from "../supervisor/installation-settings.ts";
import { type Finding, fine, note } from "./finding.ts";

type PoolSizes = Pick<InstallationSettings, "API_POOL_SIZE" | "WEB_POOL_SIZE" | "WORKER_POOL_SIZE">;

/** Addresses of the service: one for an organization, and one for all of them. They may be the same. */
type Addresses = { url: string; acrossUrl: string };

/** A worker has a second process for long jobs, with pools of its own. */
const WORKER_PROCESSES = 2;

/** Connections for migrations, commands and an administrator, besides those of the programs. */
const FOR_COMMANDS = 10;

/**
 * Compares what an API, the pages and a worker open at most with what PostgreSQL lets in: `room` is `max_connections`
 * less what it reserves. A note and no fault, because all are open only under load, and a pooler may be in between.
 */
export function toConnectionsFinding(
  { API_POOL_SIZE: api, WEB_POOL_SIZE: web, WORKER_POOL_SIZE: worker }: PoolSizes,
  { url, acrossUrl }: Addresses,
  room: number,
): Finding {
  const pools = countPools(url, acrossUrl);
  const opened = pools * (api + web + WORKER_PROCESSES * worker) + queueConnections;
  const says = `one API, one server of pages and one worker open up to ${opened}, and PostgreSQL lets ${room} in`;
  if (opened + FOR_COMMANDS <= room) return fine("connections", says);
  const more = opened + FOR_COMMANDS - room;
  const size = Math.floor(
    (room - FOR_COMMANDS - queueConnections) / ((2 + WORKER_PROCESSES) * pools),
  );
  const smaller =
    size >= smallestPoolSize
      ? `, or set API_POOL_SIZE, WEB_POOL_SIZE and WORKER_POOL_SIZE to ${size}`
      : "";
  return note(
    "connections",
    `${says}: raise max_connections by ${more}${smaller} (docs/operations.md, “Scaling”).`,
  );
}
