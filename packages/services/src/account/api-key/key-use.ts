import { ApiKeyId, OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { sql } from "kysely";
import { z } from "zod";
import {
  addJob,
  defineJob,
  findNetwork,
  type TransactionContext,
  queueJobs,
  selectRows,
  toTable,
} from "../../platform/internal.ts";

/** Announces networks from which keys of an organization were used for the first time. */
export const announceKeyNetworksJob = defineJob("api-key.new-network", {});

/** One request with a key. `address` is the IP address; empty if it is unknown. */
export type KeyUse = { organizationId: OrganizationId; apiKeyId: string; address: string };

type NotedUse = KeyUse & { at: number };

/** Interval at which a process writes down which keys were used. */
const INTERVAL_MS = 60_000;
/** More addresses than use keys in a minute. At the limit they are written at once; new ones meanwhile are dropped. */
const MAX_NOTED = 10_000;

export type KeyUseLog = {
  /** Notes that a key was used. Costs a look-up in memory, because it is on the path of every request. */
  note: (use: KeyUse) => void;
  /** Writes what was noted. If that fails, it stays noted. */
  flush: () => Promise<void>;
  /** Writes what was noted, and stops. */
  close: () => Promise<void>;
};

type KeyUseLogOptions = {
  /** Milliseconds of a clock that never goes back. The instants themselves are the database's. */
  now: () => number;
  report: (error: unknown) => void;
};

/**
 * Creates the log in which a process notes the uses of keys. It writes them once a minute, one row for each key and
 * network, so that no request waits for it. Failures of these writes are reported.
 */
export function createKeyUseLog(db: Db, { now, report }: KeyUseLogOptions): KeyUseLog {
  let noted = new Map<string, NotedUse>();
  let isWriting = false;
  const flush = async () => {
    const uses = noted;
    if (uses.size === 0) return;
    noted = new Map();
    isWriting = true;
    try {
      await recordUses(db, [...uses.values()], now);
    } catch (error) {
      noted = new Map([...uses, ...noted]);
      throw error;
    } finally {
      isWriting = false;
    }
  };
  const timer = setInterval(() => void flush().catch(report), INTERVAL_MS).unref();
  return {
    note(use) {
      const id = `${use.apiKeyId} ${use.address}`;
      const known = noted.get(id);
      if (known !== undefined) {
        known.at = now();
        return;
      }
      if (noted.size >= MAX_NOTED) {
        if (isWriting) return; // the database is slow or away, and memory has an end
        void flush().catch(report);
      }
      noted.set(id, { ...use, at: now() });
    },
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}

const Recorded = z.object({ organizationId: OrganizationId, isUnexpected: z.boolean() });

/**
 * Records uses, of all organizations. A network is unexpected if it is new for a key that had been used before. A use
 * that was refused, because the key may not be used from there or had ended, is left out.
 */
async function recordUses({ prisma }: Db, uses: readonly NotedUse[], now: () => number) {
  const rows = uses.map(({ organizationId, apiKeyId, address, at }) => ({
    organizationId,
    apiKeyId,
    address: address || null,
    network: findNetwork(address) ?? "unknown",
    seconds: (now() - at) / 1_000,
  }));
  await prisma.$transaction(async (db) => {
    const recorded = await selectRows(
      { db },
      Recorded,
      sql`
      INSERT INTO api_key_network AS known (
        organization_id, api_key_id, network, first_at, last_at, is_unexpected)
      SELECT used.organization_id, used.api_key_id, network, min(at), max(at), EXISTS (
        SELECT FROM api_key_network AS before
        WHERE before.organization_id = used.organization_id
          AND before.api_key_id = used.api_key_id)
      FROM (
        SELECT organization_id, api_key_id, network, address,
          clock_timestamp() - make_interval(secs => seconds) AS at
        FROM ${toTable(rows, {
          organizationId: "uuid",
          apiKeyId: "uuid",
          address: "text",
          network: "text",
          seconds: "float8",
        })} AS noted
      ) AS used
      JOIN api_key ON api_key.organization_id = used.organization_id AND api_key.id = used.api_key_id
      WHERE (at < revoked_at) IS NOT FALSE AND (at < expires_at) IS NOT FALSE
        AND (cardinality(allowed_addresses) = 0 OR (address::inet <<= ANY (allowed_addresses)) IS TRUE)
      GROUP BY used.organization_id, used.api_key_id, network
      ORDER BY used.organization_id, used.api_key_id, network -- as all processes do, so that none waits in a circle
      ON CONFLICT (organization_id, api_key_id, network)
        DO UPDATE SET last_at = greatest(known.last_at, excluded.last_at)
      RETURNING organization_id AS "organizationId", xmax = 0 AND is_unexpected AS "isUnexpected"`,
    );
    const alarmed = new Set(
      recorded.flatMap(({ organizationId, isUnexpected }) => (isUnexpected ? organizationId : [])),
    );
    if (alarmed.size === 0) return;
    const announce = addJob(
      announceKeyNetworksJob,
      { organizationId: sql`id` },
      { key: sql`${`${announceKeyNetworksJob.name} `} || id` },
    );
    await queueJobs(
      db,
      sql`SELECT ${announce} FROM unnest(${[...alarmed]}::uuid[]) AS alarmed (id)`,
    );
  });
}

const LastUse = z.object({ id: ApiKeyId, at: z.date(), network: z.string() });

/** Finds the last use of each of these keys: when, and from which network. A key that was never used is left out. */
export async function findLastUses(
  ctx: TransactionContext,
  ids: readonly string[],
): Promise<Map<ApiKeyId, z.infer<typeof LastUse>>> {
  const rows = await selectRows(
    ctx,
    LastUse,
    sql`
    SELECT DISTINCT ON (api_key_id) api_key_id AS id, last_at AS at, network FROM api_key_network
    WHERE organization_id = ${ctx.organizationId}::uuid AND api_key_id = ANY (${ids}::uuid[])
    ORDER BY api_key_id, last_at DESC`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}
