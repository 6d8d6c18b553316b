import type { OrganizationId, RegistryId } from "@ringfence/core/ids";
import type { NumberSet } from "@ringfence/core/registry";
import type { Db } from "@ringfence/db";
import type { PoolClient } from "pg";
import type { RegistryHistory, Settings } from "../screening/facts-row.ts";
import { callWindowDays } from "../screening/read-facts.ts";
import { loadOwnFacts } from "./load-own-facts.ts";
import { loadRegistry } from "./load-registries.ts";
import type { OwnFacts } from "./own-facts.ts";

/** A registry's numbers, and the ten millions for which it answers; null is all. */
export type ScrubRegistry = {
  id: RegistryId;
  numbers: NumberSet;
  areas: ReadonlySet<number> | null;
};

/** All that a scrub screens by, of one instant: nothing that comes later is seen by some of its rows. */
export type ScrubSnapshot = {
  organizationId: OrganizationId;
  /** The instant that is judged. */
  at: Date;
  isPast: boolean;
  settings: Settings;
  history: Record<RegistryId, RegistryHistory> | null;
  own: OwnFacts;
  /** In the order of the settings' registries. */
  registries: readonly ScrubRegistry[];
};

/** Reads the snapshot in one REPEATABLE READ transaction; its clock is read by the first statement. */
export async function readSnapshot(
  { pool }: Db,
  organizationId: OrganizationId,
  at: Date | null,
  fewestCallsThatCount: number,
): Promise<ScrubSnapshot> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    const snapshot = await read(client, organizationId, at, fewestCallsThatCount);
    await client.query("COMMIT");
    client.release();
    return snapshot;
  } catch (error) {
    client.release(true); // an open transaction ends with its connection
    throw error;
  }
}

async function read(
  client: PoolClient,
  organizationId: OrganizationId,
  asked: Date | null,
  fewestCallsThatCount: number,
): Promise<ScrubSnapshot> {
  const { rows } = await client.query<{
    at: Date;
    settings: Settings | null;
    history: ScrubSnapshot["history"];
  }>(
    `SELECT at, screening_settings($1, at) AS settings,
       CASE WHEN $2::timestamptz IS NOT NULL THEN registry_history($1, 0, 0, at, '{}') END AS history
     FROM (SELECT coalesce($2::timestamptz, clock_timestamp()) AS at) clock`,
    [organizationId, asked],
  );
  const [row] = rows;
  if (row === undefined || row.settings === null)
    throw new Error(`no organization ${organizationId}`);
  const { at, settings, history } = row;

  const isPast = asked !== null;
  const snapshot = { organizationId, at, callWindowDays, fewestCallsThatCount };
  const registries: ScrubRegistry[] = [];
  for (const { id, edition, areas } of settings.registries ?? []) {
    const stood = isPast ? (history?.[id]?.edition ?? 0) : edition;
    const numbers = await loadRegistry(client, organizationId, id, stood);
    registries.push({ id, numbers, areas: areas && new Set(areas) });
  }
  const own = await loadOwnFacts(client, snapshot);
  return { organizationId, at, isPast, settings, history, own, registries };
}
