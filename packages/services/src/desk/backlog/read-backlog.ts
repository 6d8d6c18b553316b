import type { Db } from "@ringfence/db";
import { sql } from "kysely";
import { z } from "zod";
import { selectRow, selectRows } from "../../platform/internal.ts";

const JobsWaiting = z.object({
  name: z.string(),
  waiting: z.number(),
  oldestSeconds: z.number(),
  failed: z.number(),
});
const RegistryAge = z.object({ code: z.string(), ageSeconds: z.number().nullable() });
const RegistryAlerts = z.object({ code: z.string(), kind: z.string(), count: z.number() });
const Deliveries = z.object({
  kind: z.string(),
  waiting: z.number(),
  oldestSeconds: z.number(),
  dead: z.number(),
});

/** What the installation has still to do, and how old what it relies on is. Nothing in it is about a person. */
export type Backlog = {
  /**
   * Jobs that could run by now, by name: how many wait, for how long the oldest has waited, and how many were given up
   * after their last attempt.
   */
  jobs: z.infer<typeof JobsWaiting>[];
  /** Time since the oldest statement that has no position in the ledger yet, in seconds; 0 if all have one. */
  unsequencedSeconds: number;
  /**
   * Each connected registry by its code: time since its source was last read and verified. The oldest counts if several
   * organizations subscribe to it; null if one of them has never read it.
   */
  registries: z.infer<typeof RegistryAge>[];
  /** Open alerts of registries by code and kind: `near` the age that the law allows, `stale` beyond it, and others. */
  registryAlerts: z.infer<typeof RegistryAlerts>[];
  /**
   * Changes for webhooks and dialers, by their kind: how many wait, for how long the oldest has been overdue, and how
   * many were given up. For a system that gets changes at intervals, a change is overdue after one interval.
   */
  deliveries: z.infer<typeof Deliveries>[];
};

/** Reads the backlog of all organizations, for monitoring. */
export async function readBacklog({ prisma: db }: Pick<Db, "prisma">): Promise<Backlog> {
  const jobs = await selectRows(
    { db },
    JobsWaiting,
    sql`
    SELECT task_identifier AS name,
      count(*) FILTER (WHERE attempts < max_attempts)::int AS waiting,
      coalesce(max(extract(epoch FROM now() - run_at)) FILTER (WHERE attempts < max_attempts), 0)::float8
        AS oldest_seconds,
      count(*) FILTER (WHERE attempts >= max_attempts)::int AS failed
    FROM graphile_worker.jobs
    WHERE locked_at IS NULL AND run_at <= now()
    GROUP BY 1 ORDER BY 1`,
  );
  const ledger = await selectRow(
    { db },
    z.object({ oldest: z.string().nullable(), now: z.number() }),
    sql`
    SELECT min(entry_id::text) AS oldest, (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now
    FROM ledger.pending`,
  );
  const registries = await selectRows(
    { db },
    RegistryAge,
    sql`
    SELECT code,
      CASE WHEN count(*) = count(verified_at)
        THEN extract(epoch FROM now() - min(verified_at))::float8 END AS age_seconds
    FROM registry WHERE disconnected_at IS NULL
    GROUP BY 1 ORDER BY 1`,
  );
  const registryAlerts = await selectRows(
    { db },
    RegistryAlerts,
    sql`
    SELECT r.code, a.kind, count(*)::int AS count
    FROM registry_alert a
    JOIN registry r ON r.organization_id = a.organization_id AND r.id = a.registry_id
    WHERE a.until IS NULL AND r.disconnected_at IS NULL
    GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  // By endpoint, because the index of deliveries begins with it.
  const deliveries = await selectRows(
    { db },
    Deliveries,
    sql`
    SELECT e.kind, sum(p.waiting)::int AS waiting,
      coalesce(max(greatest(0, extract(epoch FROM now() - p.oldest) - coalesce(e.every_minutes, 0) * 60)), 0)::float8
        AS oldest_seconds,
      sum(d.dead)::int AS dead
    FROM endpoint e
    CROSS JOIN LATERAL (SELECT count(*) AS waiting, min(created_at) AS oldest FROM delivery
      WHERE organization_id = e.organization_id AND endpoint_id = e.id AND status = 'pending') p
    CROSS JOIN LATERAL (SELECT count(*) AS dead FROM delivery
      WHERE organization_id = e.organization_id AND endpoint_id = e.id AND status = 'dead') d
    WHERE e.disabled_at IS NULL
    GROUP BY 1 ORDER BY 1`,
  );
  const unsequencedSeconds =
    ledger.oldest === null ? 0 : Math.max(0, ledger.now - readTime(ledger.oldest)) / 1_000;
  return { jobs, unsequencedSeconds, registries, registryAlerts, deliveries };
}

/** The time in a version 7 UUID (RFC 9562, 5.7): its first 48 bits, in milliseconds since 1970. */
const readTime = (id: string) => Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
